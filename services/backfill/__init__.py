"""services.backfill"""
