"""Pictures of our own, in the manner of OpenMoji, where it has none that an adult knows at once.

Each stands on 72 by 72 units, with an outline of 2 units in black and flat colours of its palette.
"""

_BUST = "M{0} 64v-7c0-6 3-9 7-9h10c4 0 7 3 7 9v7z"
DRAWN = {
    "drawn-apron": (
        '<path d="M27 17c0-13 18-13 18 0" fill="none"/>'
        '<path d="M21 38l-9 5m39-5l9 5" fill="none"/>'
        '<path d="M26 17h20l2 13c1 4 3 6 7 7v27H17V37c4-1 6-3 7-7z" fill="#61b2e4"/>'
        '<path d="M27 44h18v7c0 3-2 5-5 5h-8c-3 0-5-2-5-5z" fill="#92d3f5"/>'
    ),
    "drawn-coach": (
        '<path d="M22 5h28v14H40l-4 5-4-5H22z" fill="#fff"/>'
        '<path d="M29 12h.1m6.9 0h.1m6.9 0h.1" fill="none" stroke-width="3"/>'
        f'<path d="{_BUST.format(7)}" fill="#61b2e4"/><path d="{_BUST.format(41)}" fill="#b1cc33"/>'
        '<g fill="#d0cfce"><circle cx="19" cy="37" r="8"/><circle cx="53" cy="37" r="8"/></g>'
    ),
    "drawn-dishes": (
        '<path d="M46 26h18l-3 32H49z" fill="#92d3f5"/>'
        '<path d="M6 50h34c0 5-5 8-10 8H16c-5 0-10-3-10-8z" fill="#d0cfce"/>'
        '<path d="M6 40h34c0 5-5 8-10 8H16c-5 0-10-3-10-8z" fill="#fff"/>'
        '<path d="M6 30h34c0 5-5 8-10 8H16c-5 0-10-3-10-8z" fill="#d0cfce"/>'
        '<path d="M8 20h30c0 5-5 8-9 8H17c-4 0-9-3-9-8z" fill="#61b2e4"/>'
    ),
    "drawn-employer": (
        '<path d="M10 64V54c0-8 5-12 11-12h30c6 0 11 4 11 12v10z" fill="#3f3f3f"/>'
        '<path d="M27 42l9 18 9-18z" fill="#fff"/><path d="M36 45l4 4-4 12-4-12z" fill="#d22f27"/>'
        '<circle cx="36" cy="23" r="14" fill="#d0cfce"/>'
    ),
    "drawn-fridge": (
        '<path d="M22 62v4m28-4v4" fill="none"/>'
        '<rect x="17" y="6" width="38" height="57" rx="4" fill="#d0cfce"/>'
        '<path d="M17 26h38" fill="none"/><path d="M24 14v6m0 13v12" fill="none" stroke-width="3"/>'
    ),
    "drawn-help": (
        '<path d="M49 21l-4-8c-1-3 3-4 4-2l2 4V6c0-3 4-3 4 0V4c0-3 4-3 4 0v2c0-3 4-3 4 0v3'
        'c0-3 4-3 4 0v6c0 3-2 4-3 8z" fill="#d0cfce"/>'
        '<path d="M55 6v7m4-7v7m4-5v5" fill="none"/>'
        '<path d="M10 66V52c0-8 5-12 11-12h22l5-20h16l-7 30v16z" fill="#61b2e4"/>'
        '<circle cx="29" cy="24" r="12" fill="#d0cfce"/>'
    ),
    "drawn-mentor": (
        f'<path d="{_BUST.format(41)}" fill="#61b2e4"/>'
        f'<path d="{_BUST.format(7)}" fill="#e27022"/>'
        '<path d="M14 50v12m10-12v12" fill="none" stroke="#fcea2b" stroke-width="3"/>'
        f'<path d="{_BUST.format(7)}" fill="none"/>'
        '<path d="M32 9V4h8v5" fill="none"/><path d="M24 9h24v16H24z" fill="#a57939"/>'
        '<path d="M24 16h24m-12-2v4" fill="none"/>'
        '<g fill="#d0cfce"><circle cx="19" cy="37" r="8"/><circle cx="53" cy="37" r="8"/></g>'
    ),
    "drawn-mop": (
        '<ellipse cx="36" cy="61" rx="30" ry="6" fill="#92d3f5" stroke="#61b2e4"/>'
        '<path d="M34 5h4v30h-4z" fill="#a57939"/>'
        '<path d="M27 40h18c4 6 7 12 8 19 0 4-6 4-7 0 0 5-7 5-7 0 0 5-6 5-6 0 0 5-7 5-7 0'
        '-1 4-7 4-7 0 1-7 4-13 8-19z" fill="#d0cfce"/>'
        '<path d="M26 59l3-12m4 12v-12m6 12v-12m7 12l-3-12" fill="none"/>'
        '<path d="M27 34h18v7H27z" fill="#61b2e4"/>'
    ),
    "drawn-pallet": (
        '<rect x="24" y="8" width="24" height="22" fill="#f4aa41"/>'
        '<rect x="11" y="30" width="25" height="22" fill="#f4aa41"/>'
        '<rect x="36" y="30" width="25" height="22" fill="#f4aa41"/>'
        '<path d="M33 8h6v8h-6zM20 30h7v8h-7zm25 0h7v8h-7z" fill="#d0cfce"/>'
        '<path d="M6 52h60v5H6zm3 5h8v7H9zm23 0h8v7h-8zm23 0h8v7h-8z" fill="#a57939"/>'
    ),
    "drawn-pillow": (
        '<path d="M7 19c9 4 49 4 58 0-3 10-3 24 0 34-9-4-49-4-58 0 3-10 3-24 0-34z" fill="#fff"/>'
        '<path d="M62 26c-2 9-2 16 0 25-10-3-41-3-51 0 20-6 41-4 45-9 3-4 3-10 6-16z" '
        'fill="#92d3f5" stroke="none"/>'
        '<path d="M7 19c9 4 49 4 58 0-3 10-3 24 0 34-9-4-49-4-58 0 3-10 3-24 0-34z'
        'm9 12c3 1 5 1 8 1m32 9c-3-1-5-1-8-1" fill="none"/>'
    ),
    "drawn-pot": (
        '<path d="M14 38H7v7h7m44-7h7v7h-7" fill="none"/>'
        '<path d="M14 33h44v22c0 4-3 7-7 7H21c-4 0-7-3-7-7z" fill="#9b9b9a"/>'
        '<path d="M12 33c0-14 48-14 48 0z" fill="#d0cfce"/>'
        '<circle cx="36" cy="18" r="4" fill="#3f3f3f"/>'
    ),
    "drawn-shelf": (
        '<path d="M16 9h9v18h-9z" fill="#61b2e4"/><path d="M25 13h9v14h-9z" fill="#b1cc33"/>'
        '<path d="M42 15h14v12H42z" fill="#f4aa41"/>'
        '<path d="M16 33h16v13H16z" fill="#f4aa41"/><path d="M39 31h8v15h-8z" fill="#ea5a47"/>'
        '<path d="M47 35h9v11h-9z" fill="#92d3f5"/>'
        '<path d="M8 27h56v4H8zm0 19h56v4H8zm0 14h56v4H8z" fill="#a57939"/>'
        '<path d="M8 6v60M64 6v60" fill="none" stroke-width="4"/>'
    ),
    "drawn-towel": (
        '<path d="M6 14h60" fill="none" stroke-width="5"/>'
        '<path d="M6 14h60" fill="none" stroke="#d0cfce" stroke-width="2"/>'
        '<path d="M19 13c0-4 34-4 34 0v49H19z" fill="#92d3f5"/>'
        '<path d="M19 45h34v8H19z" fill="#fff"/><path d="M25 62v4m7-4v4m8-4v4m7-4v4" fill="none"/>'
    ),
    "drawn-warehouse": (
        '<path d="M5 28L36 9l31 19v36H5z" fill="#d0cfce"/>'
        '<path d="M15 36h42v28H15z" fill="#fff"/><path d="M15 42h42m-42 6h42" fill="none"/>'
        '<path d="M20 52h12v12H20zm12 0h12v12H32z" fill="#f4aa41"/>'
    ),
    "drawn-watering": (
        '<path d="M47 38c16-6 20 10 1 19M27 33c0-16 22-16 20 0" fill="none" stroke-width="3"/>'
        '<path d="M26 54L10 31l5-4 13 17z" fill="#61b2e4"/>'
        '<path d="M6 32l12-9 2 4-11 8z" fill="#9b9b9a"/>'
        '<path d="M25 33h24l2 31H23z" fill="#92d3f5"/>'
        '<path d="M6 41v3m-2 6v3m7-4v3" fill="none" stroke="#61b2e4"/>'
    ),
}
