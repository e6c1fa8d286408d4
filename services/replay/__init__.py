"""services.replay"""
