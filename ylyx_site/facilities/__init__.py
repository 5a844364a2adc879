"""The register: facilities, classes, opening, closures, prices, dated registered places."""
