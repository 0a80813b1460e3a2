package intake

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
	"consign/model"
)

// reviewOf reads a file as the desk does it: it finds the sheet and recognises the layout.
func reviewOf(t testing.TB, file *sheet.File, o Options) *Review {
	t.Helper()
	ctx := context.Background()
	index, sample, err := Find(ctx, file)
	require.NoError(t, err)
	o.Layout = Recognise(sample)
	r := NewReview(o)
	require.NoError(t, r.Read(ctx, file, index))
	return r
}

func reviewText(t testing.TB, text string, o Options) *Review {
	t.Helper()
	file, err := sheet.FromText(text)
	require.NoError(t, err)
	return reviewOf(t, file, o)
}

func reviewPath(t testing.TB, path string, o Options) *Review {
	t.Helper()
	file, err := sheet.Open(path)
	require.NoError(t, err)
	defer file.Close()
	return reviewOf(t, file, o)
}

// directory is what the sample 09 makes of a reseller's Customers page.
func directory(t testing.TB) Customers {
	t.Helper()
	file, err := sheet.Open("testdata/09-accounts-directory.xlsx")
	require.NoError(t, err)
	defer file.Close()
	accounts, err := ReadAccounts(context.Background(), file)
	require.NoError(t, err)
	customers := Customers{}
	for i, a := range accounts {
		customers[a.Account.KnoxID] = int64(i + 1)
	}
	return customers
}

type expectation struct {
	OK        int `json:"ok"`
	Fixed     int `json:"fixed"`
	Warning   int `json:"warning"`
	Duplicate int `json:"duplicate_in_file"`
	Rejected  int `json:"rejected"`
	Skipped   int `json:"skipped"`
	Rows      int `json:"rows"`
	Customers int `json:"customers"`
	MSPs      int `json:"msps"`
	Boxes     int `json:"boxes"`
	Lines     []struct {
		Line    int    `json:"line"`
		Verdict string `json:"verdict"`
	} `json:"lines"`
}

func TestEverySampleGivesItsVerdicts(t *testing.T) {
	content, err := os.ReadFile("testdata/expected.json")
	require.NoError(t, err)
	var expected map[string]expectation
	require.NoError(t, json.Unmarshal(content, &expected))
	require.Len(t, expected, 9)
	for name, want := range expected {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name)
			switch name {
			case "08-scanner-bench.txt":
				content, err := os.ReadFile(path)
				require.NoError(t, err)
				bench := NewBench(OnePerBox)
				for _, scan := range strings.Fields(string(content)) {
					bench.Scan(scan)
				}
				require.Equal(t, want.Boxes, bench.Len())
				return
			case "09-accounts-directory.xlsx":
				file, err := sheet.Open(path)
				require.NoError(t, err)
				defer file.Close()
				accounts, err := ReadAccounts(context.Background(), file)
				require.NoError(t, err)
				require.Len(t, accounts, want.Rows)
				kinds := map[model.AccountKind]int{}
				for _, a := range accounts {
					require.Equal(t, model.OK, a.Verdict, a.Reason)
					kinds[a.Account.Kind]++
				}
				require.Equal(t, want.Customers, kinds[model.Customer])
				require.Equal(t, want.MSPs, kinds[model.MSP])
				return
			}
			o := Options{}
			if name == "06-bulk-several-customers.csv" {
				o = Options{Bulk: true, Customers: directory(t)}
			}
			r := reviewPath(t, path, o)
			c := r.Counts()
			require.Equal(t, want.Rows, c.Lines)
			require.Equal(t, [...]int{want.OK, want.Fixed, want.Warning, want.Duplicate, 0, want.Rejected, want.Skipped}, c.Verdicts)
			require.Len(t, r.Groups(), want.Customers)
			for i, line := range want.Lines {
				got := r.Line(i)
				require.Equal(t, line.Line, got.Number)
				require.Equal(t, line.Verdict, got.Verdict.String(), "line %d: %s", line.Line, got.Reason)
			}
		})
	}
}

func TestBulkListInAnEmptyRegisterSaysUnknownCustomerOnEveryLine(t *testing.T) {
	r := reviewPath(t, "testdata/06-bulk-several-customers.csv", Options{Bulk: true})
	require.Equal(t, 90, r.Counts().Of(model.Rejected))
	require.Equal(t, UnknownCustomer.Text(), r.Line(0).Reason)

	require.NoError(t, r.Recheck(context.Background(), Options{Customers: directory(t)}))
	require.Equal(t, 90, r.Counts().Of(model.OK))
	groups := r.Groups()
	require.Len(t, groups, 3)
	require.Equal(t, "4600001586", groups[0].CustomerID)
	require.Equal(t, 30, groups[0].Devices)
	require.Equal(t, "2026-11-15", groups[0].OrderDate.Format("2006-01-02"))
	n := 0
	for range r.TakenFor("4600001586") {
		n++
	}
	require.Equal(t, 30, n)

	left := directory(t)
	delete(left, "4600001586")
	require.NoError(t, r.Recheck(context.Background(), Options{Customers: left}))
	require.Equal(t, 60, r.Counts().Taken, "a customer that is gone again takes its lines with it")
	require.Equal(t, 30, r.Counts().Of(model.Rejected))
}
