package intake

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// TestFaultsOfOfficesAreReadAsACarefulPersonWould reads the lists that went wrong in offices: each stands for a kind.
func TestFaultsOfOfficesAreReadAsACarefulPersonWould(t *testing.T) {
	content, err := os.ReadFile("testdata/faults/expected.json")
	require.NoError(t, err)
	var expected map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(content, &expected))
	words := map[string]model.Verdict{}
	for _, v := range model.Verdicts {
		words[v.String()] = v
	}
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		var e struct {
			Want json.RawMessage `json:"want"`
		}
		if name == "_" || json.Unmarshal(expected[name], &e) != nil {
			continue
		}
		path := filepath.Join("testdata/faults", name)
		var want map[string]int
		if _, err := os.Stat(path); err != nil || json.Unmarshal(e.Want, &want) != nil {
			continue // of another room, or told in words: below
		}
		t.Run(name, func(t *testing.T) {
			r, err := readList(path)
			require.NoError(t, err)
			for verdict, n := range want {
				switch verdict {
				case "lines":
					require.Equal(t, n, r.Len())
				case "sheet":
					require.Equal(t, n, r.sheet)
				default:
					require.Equal(t, n, r.Counts().Of(words[verdict]), verdict)
				}
			}
			if _, said := want["rejected"]; !said {
				require.Zero(t, r.Counts().Of(model.Rejected))
			}
		})
	}
	devices := func(name string) (all []model.Identifiers, verdicts []model.Verdict) {
		r, err := readList(filepath.Join("testdata/faults", name))
		require.NoError(t, err)
		for i := range r.Len() {
			all = append(all, r.Line(i).Device.Identifiers)
		}
		return all, verdictsOf(r)
	}
	for name, want := range map[string][]model.Verdict{
		"numbered-dot.txt":         {model.Fixed, model.Fixed, model.Fixed},
		"one-line-list.txt":        {model.Fixed, model.Fixed, model.Fixed, model.Fixed, model.Fixed},
		"side-by-side.txt":         {model.OK, model.OK, model.OK, model.OK},
		"merged-header.xlsx":       {model.OK},
		"leading-zero-number.xlsx": {model.Warning, model.OK},
		"two-one-wrong.csv":        {model.Fixed, model.Warning},
		"price.csv":                {model.OK, model.OK, model.OK},
		"carton-codes.txt":         {model.Rejected, model.Rejected},
		"imei-sv-slash.csv":        {model.Fixed, model.Fixed, model.Fixed},
		"exchange.csv":             {model.Warning, model.Warning},
		"carton-qr.txt":            {model.OK, model.OK},
	} {
		_, got := devices(name)
		require.Equal(t, want, got, name)
	}
	ids, _ := devices("merged-header.xlsx")
	require.Equal(t, model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518", Serial: "R52N30ABCDE"}, ids[0])
	ids, _ = devices("side-by-side.txt")
	require.Equal(t, model.Identifiers{IMEI1: "490154203237518", Serial: "R52N30ABCDF"}, ids[1])
	r, err := readList("testdata/faults/exchange.csv")
	require.NoError(t, err)
	require.Equal(t, model.Identifiers{IMEI1: "490154203237518"}, r.Line(0).Device.Identifiers)
	require.Equal(t, model.Identifiers{IMEI1: "351921580053066"}, r.Old(0))
	r, err = readList("testdata/faults/order-dash.csv")
	require.NoError(t, err)
	require.Equal(t, "PO-2026/118", r.Line(0).Device.OrderNumber)
	r, err = readList("testdata/faults/order-float.csv")
	require.NoError(t, err)
	require.Equal(t, "4711", r.Line(0).Device.OrderNumber)
}
