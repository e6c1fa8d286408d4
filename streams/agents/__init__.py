"""The shell around the pure stages: retry, dead letter, acknowledgement."""
