"""services.database"""
