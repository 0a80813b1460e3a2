package model

import "strings"

// ReadKnoxID parses a Reseller ID, MSP ID or Knox Customer ID as people write it (domain §1): spaces and dashes go,
// leading zeros stay. unusual reports a length other than 10 or 9, which is worth a warning.
// A letter or an empty ID is an Invalid error.
func ReadKnoxID(raw string) (id string, unusual bool, err error) {
	id = strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '\t' || r == '\u00a0' || r == '\'' || r >= '\u200b' && r <= '\u200d' || r == '\ufeff':
			return -1
		case r >= '\u2010' && r <= '\u2015':
			return -1
		}
		return r
	}, raw)
	if id == "" {
		return "", false, Fail(Invalid, "Enter a Knox ID.")
	}
	if !allDigits(id) {
		return "", false, Fail(Invalid, "“{{.ID}}” is not a Knox ID: it may hold digits only.", "ID", strings.TrimSpace(raw))
	}
	return id, len(id) != 10 && len(id) != 9, nil
}
