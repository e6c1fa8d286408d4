"""services.console"""
