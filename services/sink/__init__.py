"""services.sink"""
