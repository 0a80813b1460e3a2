package intake

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWordsOfOfficesAreNoSerialNumbers(t *testing.T) {
	for word, serial := range map[string]bool{
		"RFPLTY04580": true, "RFQ2NA04580": true, "R58N12ABCDE": true,
		"RFP20261120": false, "RMA20261120": false, "REQABC12345": false,
	} {
		require.Equal(t, serial, looksLikeSerial(word), word)
	}
}

// TestRowsThatNameTheirNumberAreNoCards has the two IMEIs of each device on rows of their own beside their names, in three columns.
func TestRowsThatNameTheirNumberAreNoCards(t *testing.T) {
	s := Sample{Separator: '\t', Lines: []int{1, 2, 3, 4, 5}, Rows: [][]string{{"Model", "Type", "Number"},
		{"SM-A556B", "IMEI1", "351189309127831"}, {"", "IMEI2", "352907330644915"},
		{"SM-A556B", "IMEI1", "351189304536010"}, {"", "IMEI2", "352099111039398"}}}
	require.Equal(t, Table, Recognise(s).Shape)
}
