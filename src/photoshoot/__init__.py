"""photoshoot turns one product photo into finished ad creatives, on your own machine."""
