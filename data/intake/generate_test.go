package intake

import (
	"context"
	"flag"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
)

// lists can be others on every run: go test ./data/intake -run AnyList -args -base 5.
var base = flag.Uint64("base", 12, "the seed of the lists that are played")

// TestNoDeviceOfAnyListIsLostWithoutAWord plays lists of every kind: a device that is not read exactly is named by a verdict or
// as not used.
func TestNoDeviceOfAnyListIsLostWithoutAWord(t *testing.T) {
	lists := 10_000
	if testing.Short() {
		lists = 1000
	}
	names := slices.Sorted(maps.Keys(kinds))
	figures := map[string]outcome{}
	shown := 0
	for seed := range lists {
		o := office{rand.New(rand.NewPCG(uint64(seed), *base))}
		kind := names[seed%len(names)]
		text, devices := kinds[kind](o)
		f := figures[kind]
		file, err := sheet.FromText(text)
		require.NoError(t, err)
		index, sample, err := Find(context.Background(), file)
		require.NoError(t, err)
		layout := Recognise(sample)
		r := NewReview(Options{Layout: layout})
		exact, silent := false, ""
		if err = r.Read(context.Background(), file, index); err == nil {
			exact, silent = compareList(r, trueList{Devices: devices})
		}
		switch {
		case exact:
			f.exact++
		case silent != "":
			f.silent++
			if shown++; shown <= 20 {
				t.Errorf("list %d, %s, as %s: %s\n%s", seed, kind, layout.Shape, silent, text)
			}
		default:
			if f.said++; slices.Contains(certainKinds, kind) {
				t.Logf("list %d, %s, as %s, is a question:\n%s", seed, kind, layout.Shape, text)
			}
		}
		figures[kind] = f
	}
	sum := outcome{}
	for _, kind := range names {
		f := figures[kind]
		t.Logf("%-20s exact %4d, said %3d, silent %3d", kind, f.exact, f.said, f.silent)
		sum = outcome{sum.exact + f.exact, sum.said + f.said, sum.silent + f.silent}
	}
	t.Logf("%-20s exact %4d, said %3d, silent %3d", "all", sum.exact, sum.said, sum.silent)
	require.Zero(t, sum.silent, "lists that lose a device without a word")
	for _, kind := range certainKinds {
		require.Zero(t, figures[kind].said, kind)
	}
}
