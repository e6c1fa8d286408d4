"""services.cli"""
