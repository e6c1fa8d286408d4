"""services.local"""
