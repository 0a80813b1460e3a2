package intake

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
	"consign/model"
)

// trueList is what a list really holds.
type trueList struct {
	Kind    string      `json:"kind"`
	Devices [][3]string `json:"devices"` // IMEI, IMEI 2, serial number
	Traits  []string    `json:"traits"`
}

// outcome is how a list was read: every device exactly, not but said, or not and nothing said of it.
type outcome struct{ exact, said, silent int }

// reading of a list against its truth. silent names the first device of which nothing was said.
func compareList(r *Review, truth trueList) (exact bool, silent string) {
	taken := map[[3]string]int{}
	var told strings.Builder // what warnings, refusals and the account name
	for i := range r.Len() {
		l := r.Line(i)
		if l.Verdict <= model.Fixed {
			taken[[3]string{l.Device.IMEI1, l.Device.IMEI2, l.Device.Serial}]++
			continue
		}
		if l.Verdict == model.Skipped {
			continue
		}
		told.WriteString(" " + strings.Join(identifiersOf(l.Device.Identifiers), " "))
		for _, c := range l.Cells {
			told.WriteString(" " + bareCell(c))
		}
	}
	for _, u := range unusedOf(r) {
		told.WriteString(" " + bareCell(u))
	}
	exact = len(taken) == len(truth.Devices) || len(taken) > 0
	for _, d := range truth.Devices {
		if taken[d] == 1 {
			delete(taken, d)
			continue
		}
		exact = false
		for _, id := range d {
			named := id == "" || strings.Contains(told.String(), id) || len(id) == 15 && strings.Contains(told.String(), id[:14])
			if !named && silent == "" {
				silent = fmt.Sprintf("%v: %s", d, id)
			}
		}
	}
	for d := range taken {
		exact = false
		whole := slices.ContainsFunc(truth.Devices, func(t [3]string) bool { // a part of a device whose rest is told
			for k := range d {
				if d[k] != "" && d[k] != t[k] && !(k == 0 && d[k] == t[1]) {
					return false
				}
			}
			return true
		})
		if !whole && silent == "" {
			silent = fmt.Sprintf("taken wrongly: %v", d)
		}
	}
	return exact, silent
}

// bareCell is a cell without what stands between the digits.
func bareCell(cell string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-/.' ", r) {
			return -1
		}
		return r
	}, plainLine(strings.TrimSuffix(cell, ".0")))
}

func TestListsOfOfficesAreReadExactlyOrSaid(t *testing.T) {
	content, err := os.ReadFile("testdata/lists/truth.json")
	require.NoError(t, err)
	var truth map[string]trueList
	require.NoError(t, json.Unmarshal(content, &truth))
	figures := map[string]outcome{}
	for _, name := range slices.Sorted(maps.Keys(truth)) {
		o := figures[truth[name].Kind]
		r, err := readList(filepath.Join("testdata/lists", name))
		exact, silent := false, ""
		if err == nil {
			exact, silent = compareList(r, truth[name])
		}
		switch {
		case exact:
			o.exact++
		case silent != "":
			o.silent++
			t.Logf("%s %s silent: %s", name, truth[name].Kind, silent)
		default:
			o.said++
			t.Logf("%s %s said: %v", name, truth[name].Kind, err)
		}
		figures[truth[name].Kind] = o
	}
	sum := outcome{}
	for _, kind := range slices.Sorted(maps.Keys(figures)) {
		o := figures[kind]
		t.Logf("%-9s exact %3d, said %3d, silent %3d", kind, o.exact, o.said, o.silent)
		sum = outcome{sum.exact + o.exact, sum.said + o.said, sum.silent + o.silent}
	}
	t.Logf("%-9s exact %3d, said %3d, silent %3d", "all", sum.exact, sum.said, sum.silent)
	require.Zero(t, sum.silent, "lists that lose a device without a word")
	require.GreaterOrEqual(t, 100*sum.exact, 99*len(truth), "lists that are read exactly")
}

// readList reads a file as the desk does it. An error is said to the person.
func readList(path string) (*Review, error) {
	ctx := context.Background()
	file, err := sheet.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	index, sample, err := Find(ctx, file)
	if err != nil {
		return nil, err
	}
	r := NewReview(Options{Layout: Recognise(sample)})
	return r, r.Read(ctx, file, index)
}

func unusedOf(r *Review) (texts []string) {
	list, _ := r.Unused()
	for _, u := range list {
		texts = append(texts, u.Text, u.value)
	}
	return texts
}

func TestTableOnItsSideIsReadBeyondItsSample(t *testing.T) {
	const devices = 2000
	o := office{rand.New(rand.NewPCG(1, 2))}
	rows := [][]string{{"IMEI"}, {"Serial number"}, {"Colour"}}
	for _, d := range o.devices(devices, false, true) {
		rows[0], rows[1], rows[2] = append(rows[0], d[0]), append(rows[1], d[2]), append(rows[2], "black")
	}
	file, err := sheet.FromText(csv(rows, ";"))
	require.NoError(t, err)
	index, sample, err := Find(context.Background(), file)
	require.NoError(t, err)
	layout := Recognise(sample)
	require.Equal(t, Transposed, layout.Shape)
	r := NewReview(Options{Layout: layout})
	require.NoError(t, r.Read(context.Background(), file, index))
	require.Equal(t, devices, r.Counts().Of(model.OK))
}

func TestTableOf16000ColumnsLosesNoIdentifier(t *testing.T) {
	o := office{rand.New(rand.NewPCG(3, 4))}
	d := o.devices(2, false, false)
	wide := strings.Repeat(";", 16_000)
	file, err := sheet.FromText("IMEI;Colour\n" + d[0][0] + ";black" + wide + d[1][0] + "\n")
	require.NoError(t, err)
	index, sample, err := Find(context.Background(), file)
	require.NoError(t, err)
	r := NewReview(Options{Layout: Recognise(sample)})
	require.NoError(t, r.Read(context.Background(), file, index))
	require.Equal(t, 1, r.Counts().Of(model.OK))
	require.Equal(t, []string{d[1][0], d[1][0]}, unusedOf(r))
}
