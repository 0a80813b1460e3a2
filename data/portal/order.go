package portal

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// longestOrder is how many characters of an order number a bulk file takes (ours).
const longestOrder = 50

// CleanOrder makes of an order number what a bulk file takes: letters and digits (domain §3), without accents. PO-München/0 becomes
// POMunchen0.
func CleanOrder(number string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(width.Fold.String(number)) {
		switch {
		case b.Len() == longestOrder:
			return b.String()
		case r == 'ß':
			b.WriteByte('s')
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Orders tells what a bulk file makes of the order numbers of batches, to be said before.
type Orders struct {
	Cleaned []string   // those that hold more than letters and digits, each once
	Same    [][]string // those that become the same, together
}

// OrdersOf looks at the order numbers of batches.
func OrdersOf(batches []Batch) Orders {
	var orders Orders
	var seen []string
	become := map[string][]string{}
	for i := range batches {
		last := ""
		for k := range batches[i].Devices {
			number := batches[i].Devices[k].OrderNumber
			if number == last || number == "" {
				continue
			}
			last = number
			clean := CleanOrder(number)
			if slices.Contains(become[clean], number) {
				continue
			}
			if become[clean] = append(become[clean], number); len(become[clean]) == 1 {
				seen = append(seen, clean)
			}
			if clean != number {
				orders.Cleaned = append(orders.Cleaned, number)
			}
		}
	}
	for _, clean := range seen {
		if len(become[clean]) > 1 {
			orders.Same = append(orders.Same, become[clean])
		}
	}
	return orders
}
