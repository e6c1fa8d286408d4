"""The fetcher: polls enabled sources politely and publishes what is new or changed to `releases.raw`."""
