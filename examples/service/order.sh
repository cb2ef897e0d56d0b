#!/bin/sh
# From a photo to a PNG in one call: examples/service/order.sh URL PHOTO OUT.png
# PHOTOSHOOT_APP, PHOTOSHOOT_KEY and PHOTOSHOOT_SECRET are what `photoshoot apps create` has shown.
set -eu
curl --fail-with-body --silent --show-error --output "$3" \
    --header "x-api-key: $PHOTOSHOOT_KEY" --header "x-api-secret: $PHOTOSHOOT_SECRET" \
    --form applicationId="$PHOTOSHOOT_APP" --form userId=2f1e3c4d-5b6a-4d8f-9c01-e2d3c4b5f6a7 \
    --form renderKind=64 --form seed=7 --form productImage=@"$2" \
    "$1/api/v1/Image/ProductGeneration/Shoot?format=0"
