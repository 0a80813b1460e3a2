package page_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/model"
	"consign/ui/control"
	"consign/ui/devices"
	"consign/ui/grid"
	"consign/ui/page"
	"consign/ui/uitest"
)

// listed is a page of devices on a desk, of a reseller with n of them.
func listed(t *testing.T, n int, at page.Place) (*uitest.Office, *uitest.Desk) {
	o := uitest.NewOffice(t)
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1024, 700), o.North)
	o.Uploaded(o.North, o.Contoso, n)
	o.Uploaded(o.North, o.Fabrikam, 3)
	d.Show(page.NewListPage(d, devices.List(d, model.As(model.Reseller, o.North.ID),
		devices.Options{Name: "test", Title: "Devices: all / of us"}), at))
	return o, d
}

// exported presses Export…, chooses, and gives the path of the file.
func exported(t *testing.T, d *uitest.Desk, ending string, picks ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out"+ending)
	uitest.Tap(t, d.Window(), "Export…")
	for _, p := range picks {
		uitest.Pick(t, d.Window(), p)
	}
	uitest.Tap(t, d.Window(), "Save…")
	uitest.Type(t, d.Window(), "File name", file)
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.Empty(t, d.Failed)
	return file
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	require.NoError(t, err)
	return rows
}

func TestExportTakesTheSelectionWhatIsShownOrAll(t *testing.T) {
	o, d := listed(t, 5000, page.Place{Filters: map[string]string{page.FilterModel: "SM-A556B"}})
	require.Len(t, readCSV(t, exported(t, d, ".csv", "CSV")), 5004)

	d.Show(page.NewListPage(d, devices.List(d, model.As(model.Reseller, o.North.ID), devices.Options{Name: "test", Title: "Devices"}),
		page.Place{Filters: map[string]string{page.FilterCustomer: page.IDValue(o.Fabrikam.ID)}}))
	require.Len(t, readCSV(t, exported(t, d, ".csv", "CSV", "What is shown: 3")), 4)
	require.Len(t, readCSV(t, exported(t, d, ".csv", "CSV", "All: 5,003")), 5004)

	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	rows := readCSV(t, exported(t, d, ".csv", "CSV"))
	require.Len(t, rows, 2, "with a selection the selection is proposed")
	require.Equal(t, "IMEI/MEID", rows[0][0])
	require.Equal(t, "350000000005003", rows[1][0], "the newest")
	require.Contains(t, rows[0], "UPLOAD ID", "files carry the hidden columns too")
}

func TestExportAsXLSXKeepsIdentifiersAsText(t *testing.T) {
	_, d := listed(t, 4, page.Place{})
	f, err := excelize.OpenFile(exported(t, d, ".xlsx"))
	require.NoError(t, err)
	defer f.Close()
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	require.NoError(t, err)
	require.Len(t, rows, 8)
	kind, err := f.GetCellType(sheet, "A2")
	require.NoError(t, err)
	require.NotEqual(t, excelize.CellTypeNumber, kind)
	require.NotEqual(t, excelize.CellTypeUnset, kind, "a cell without a type is a number")
	require.Equal(t, "350000000000007", rows[1][0], "the newest")
}

func TestFileIsReplacedOnlyAfterAsking(t *testing.T) {
	_, d := listed(t, 4, page.Place{})
	file := filepath.Join(t.TempDir(), "mine.csv")
	require.NoError(t, os.WriteFile(file, []byte("mine"), 0o600))
	uitest.Tap(t, d.Window(), "Export…")
	uitest.Tap(t, d.Window(), "Save…")
	uitest.Type(t, d.Window(), "File name", file)
	uitest.Tap(t, d.Window(), "Save")
	require.True(t, uitest.Shows(d.Window(), "Replace mine.csv?"))
	uitest.Key(d.Window(), fyne.KeyEscape)
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "mine", string(content))
}

func TestProposedFileNameHoldsNothingThatAFileSystemRefuses(t *testing.T) {
	require.Equal(t, "Devices- all - of us", page.FileName("Devices: all / of us"))
	require.Equal(t, "Con-", page.FileName("Con"), "Windows takes it for the console")
	require.Equal(t, "Müller GmbH & Co", page.FileName("Müller GmbH & Co. "), "Windows drops a full stop at the end")
}

func TestFormShowsTheErrorAtItsFieldAndEscapeLeavesIt(t *testing.T) {
	_, d := listed(t, 1, page.Place{})
	left := 0
	f := page.NewForm(d, "A form", "Do it")
	e := f.Input("Name", "")
	f.Submit = func() { f.Fail(e, model.Fail(model.Invalid, "Enter the company name.")) }
	f.Cancelled = func() { left++ }
	f.Show()
	uitest.Key(d.Window(), fyne.KeyReturn)
	require.True(t, uitest.Shows(d.Window(), "Enter the company name."))
	uitest.Key(d.Window(), fyne.KeyEscape)
	require.Equal(t, 1, left)
	require.False(t, uitest.Shows(d.Window(), "A form"))
}

func TestSpansOfDaysIncludeBothEnds(t *testing.T) {
	now := time.Date(2026, 3, 15, 13, 0, 0, 0, time.Local)
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, time.Local) }
	for value, want := range map[string][2]time.Time{
		"last 7 days":                       {day(3, 9)},
		"last 30 days":                      {day(2, 14)},
		"this month":                        {day(3, 1)},
		"this year":                         {day(1, 1)},
		page.Span(day(2, 1), day(2, 28)):    {day(2, 1), day(3, 1)},
		page.Span(day(2, 1), time.Time{}):   {day(2, 1)},
		page.Span(time.Time{}, day(12, 31)): {{}, day(12, 32)},
		"nonsense":                          {},
	} {
		from, to := page.ReadSpan(value, now)
		require.Equal(t, fmt.Sprint(want), fmt.Sprint([2]time.Time{from, to}), value)
	}
}

func TestTimeFilterTakesTwoDates(t *testing.T) {
	_, d := listed(t, 4, page.Place{})
	uitest.Tap(t, d.Window(), "Uploaded")
	uitest.Choose(t, d.Window(), "From … to …")
	uitest.Tap(t, d.Window(), "Show")
	require.True(t, uitest.Shows(d.Window(), "Choose a first day"))
	uitest.Type(t, d.Window(), "Last day", "soon")
	uitest.Tap(t, d.Window(), "Show")
	require.True(t, uitest.Shows(d.Window(), "This is not a date."))
	uitest.Type(t, d.Window(), "Last day", "")
	uitest.Type(t, d.Window(), "First day", "01/01/2125") // a date in every order of day and month
	uitest.Tap(t, d.Window(), "Show")
	require.True(t, uitest.Shows(d.Window(), "0 of 7 shown"))
	require.True(t, uitest.Shows(d.Window(), "Nothing matches"))
}

func TestDaysAreWrittenAsTheProgramTheStandardOrASpreadsheetWritesThem(t *testing.T) {
	d := uitest.NewDesk(t, uitest.NewOffice(t).Register, fyne.NewSize(300, 300))
	e := control.NewDay()
	d.Window().SetContent(container.NewVBox(e))
	for _, text := range []string{"3 Feb 2026", "2026-02-03", "03.02.2026", "3.2.2026"} {
		e.SetText("")
		require.NoError(t, e.Validate(), "a day may be left out")
		require.Nil(t, e.Date)
		e.SetText(text)
		require.NoError(t, e.Validate(), text)
		require.Equal(t, "2026-02-03", e.Date.Format(time.DateOnly), text)
	}
	e.SetText("30 Feb 2026")
	require.Error(t, e.Validate())
	day := time.Date(2026, 10, 5, 0, 0, 0, 0, time.Local)
	e.SetDate(&day)
	require.Equal(t, "5 Oct 2026", e.Text)
	test.Tap(e.ActionItem.(fyne.Tappable))
	require.True(t, uitest.Shows(d.Window(), "Oct 2026"), "the calendar opens at the day")
	uitest.Tap(t, d.Window(), "17")
	require.Equal(t, "17 Oct 2026", e.Text)
	require.Nil(t, d.Window().Canvas().Overlays().Top())
	require.True(t, d.Window().Canvas().Focused() == e)
}

func TestCountriesAreFoundByNameInAnyCase(t *testing.T) {
	uitest.NewDesk(t, uitest.NewOffice(t).Register, fyne.NewSize(300, 300))
	c := page.NewCountries()
	for name, code := range map[string]string{"germany": "DE", " South Korea ": "KR", "": "", "de": "DE"} {
		c.SetText(name)
		require.Equal(t, code, c.Code(), name)
	}
	for _, wrong := range []string{"Atlantis", "xx"} {
		c.SetText(wrong)
		require.Error(t, (&model.Account{Kind: model.Customer, KnoxID: "1", CompanyName: "x", Country: c.Code()}).Check(), wrong)
	}
}

func TestTabLeavesACountryForTheNextField(t *testing.T) {
	d := uitest.NewDesk(t, uitest.NewOffice(t).Register, fyne.NewSize(300, 300))
	c, next := page.NewCountries(), control.NewEntry()
	d.Window().SetContent(container.NewVBox(c, next))
	d.Window().Canvas().Focus(c)
	test.Type(c, "Germany")
	d.Window().Canvas().FocusNext()
	require.True(t, d.Window().Canvas().Focused() == next)
	c.SetText("")
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	require.False(t, uitest.Shows(d.Window(), "AN"), "a country that has no name any more")
	uitest.Key(d.Window(), fyne.KeyEscape)
	for text, first := range map[string]string{"germ": "Germany", "Atlantis": "Afghanistan"} {
		c.SetText(text)
		d.Window().Canvas().Focus(c)
		uitest.Key(d.Window(), fyne.KeyDown)
		uitest.Key(d.Window(), fyne.KeyReturn)
		require.Equal(t, first, c.Text, "Enter takes the first that was offered")
	}
}

func TestCountryIsChosenByNameCodeOrUniqueBeginning(t *testing.T) {
	uitest.NewOffice(t)
	for typed, code := range map[string]string{
		"Germany": "DE", " germany ": "DE", "us": "US", "DE": "DE", "United St": "US", "Switz": "CH",
		"United": "United", "Atlantis": "Atlantis", "xx": "xx?", "": "",
	} {
		c := page.NewCountries()
		c.SetText(typed)
		require.Equal(t, code, c.Code(), typed)
	}
}

func TestTimesInSentencesAreWrittenAsTheUserDoesAlsoAfterTheLog(t *testing.T) {
	at := time.Date(2026, 3, 1, 14, 30, 0, 0, time.Local)
	said := model.Say("{{.Event}}, {{.Date}}. {{.Day}}", "Date", model.Moment{At: at}, "Day", model.Moment{At: at, Day: true},
		"Event", model.Say("Undone: {{.Event}}.", "Event", model.Say("Devices moved")))
	logged, err := json.Marshal(said)
	require.NoError(t, err)
	var read model.Text
	require.NoError(t, json.Unmarshal(logged, &read))
	for _, text := range []model.Text{said, read} {
		require.Equal(t, "Undone: Devices moved., 1 Mar 2026 14:30. 1 Mar 2026", page.Words(text))
	}
}

func TestWholePathThatIsTypedBehindTheLastFolderCounts(t *testing.T) {
	d := uitest.NewDesk(t, uitest.NewOffice(t).Register, fyne.NewSize(600, 400))
	here, there := filepath.Join(t.TempDir(), "here.csv"), filepath.Join(t.TempDir(), "there.csv")
	for _, path := range []string{here, there} {
		require.NoError(t, os.WriteFile(path, nil, 0o600))
	}
	var chosen []string
	for _, typed := range []string{here, filepath.Dir(here) + string(filepath.Separator) + there} {
		page.AskFilesAsync(d.Window(), page.Files{Title: "Open a list"}, func(paths []string) { chosen = append(chosen, paths...) })
		uitest.Type(t, d.Window(), "File name", typed)
		uitest.Key(d.Window(), fyne.KeyReturn)
	}
	require.Equal(t, []string{here, there}, chosen)
}

func TestEndingOfTheNameSaysWhatIsExported(t *testing.T) {
	_, d := listed(t, 2, page.Place{})
	rows := readCSV(t, exported(t, d, ".csv", "Excel workbook (XLSX)"))
	require.Len(t, rows, 6, "a header and five devices")
}

// asked are numbers that do something while they are being read.
type asked struct {
	grid.Slice[int]
	during func()
}

func (a *asked) Ask(ctx context.Context, q grid.Question) (grid.Answer[int], error) {
	if a.during != nil {
		a.during()
	}
	return a.Slice.Ask(ctx, q)
}

func TestMessageWaitsUntilTheRowsAreRead(t *testing.T) {
	d := uitest.NewDesk(t, uitest.NewOffice(t).Register, fyne.NewSize(800, 600))
	var told []string
	source := &asked{Slice: grid.Slice[int]{ID: func(n int) int64 { return int64(n) },
		Rows: func(context.Context) ([]int, error) { return []int{1, 2}, nil }}}
	made := page.NewListPage(d, page.List[int]{Name: "numbers", Title: "Numbers", Source: source,
		Columns: []page.Column[int]{page.NumberColumn("n", "N", func(n int) int { return n })}}, page.Place{})
	d.Show(made)
	made.Settled(func() { told = append(told, "at once") })
	require.Equal(t, []string{"at once"}, told)
	source.during = func() {
		made.Settled(func() { told = append(told, "after") })
		told = append(told, "reading")
	}
	made.Reload()
	require.Equal(t, []string{"at once", "reading", "after"}, told)
}

func TestFactsBesideEachOtherDoNotTouch(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, page.NewSummary(page.IDFact("CUSTOMER ID/MSP ID", "4600004410"), page.Fact{Name: "COUNTRY", Value: "Norway"},
		page.Fact{Name: "RESELLER", Value: "Northwind Mobile"}, page.Fact{Name: "UPLOADED BY", Value: "Vera Winkler"}))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(480, 100))
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	ends := map[float32]float32{} // of the text before, by its line
	texts := 0
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if _, is := uitest.LabelIn(o); is {
			const pad = 8
			from, line := place(o).X+pad, place(o).Y
			for y, end := range ends {
				if max(y-line, line-y) < 3 && from > 0 {
					require.GreaterOrEqual(t, from, end+8)
				}
			}
			ends[line] = place(o).X + o.Size().Width - pad
			texts++
		}
		return false
	})
	require.Equal(t, 8, texts)
}

func TestFactsInANarrowWindowStandBelowEachOtherAndAreNotCut(t *testing.T) {
	test.NewTempApp(t)
	facts := page.NewSummary(page.Fact{Name: "UPLOADED BY", Value: "Vera Winkler-Lindqvist"},
		page.Fact{Name: "UPLOADED", Value: "28 Nov 2026 18:26"},
		page.BadgeFact("STATUS", "Completed with error", grid.Bad), page.Fact{Name: "RESELLER", Value: "Northwind Mobile"},
		page.Fact{Name: "PORTAL", Value: "Carried · 29 Nov 2026 18:26 · Vera Winkler-Lindqvist"})
	below := control.NewEntry()
	w := test.NewTempWindow(t, facts.Above(below))
	w.SetPadded(false)
	for _, width := range []float32{1024, 480} {
		w.Resize(fyne.NewSize(width, 400))
		uitest.Walk(w, func(o fyne.CanvasObject) bool {
			if text, is := o.(interface{ IsCut() bool }); is {
				require.False(t, text.IsCut(), "%v wide: %v", width, uitest.Texts(w))
			}
			return false
		})
		require.LessOrEqual(t, facts.Position().Y+facts.MinSize().Height, below.Position().Y)
	}
}

func TestTabWithFewerButtonsTakesNoFurtherLine(t *testing.T) {
	test.NewTempApp(t)
	tab := func(title string, buttons ...fyne.CanvasObject) *page.Page {
		return &page.Page{Title: title, Content: control.NewEntry(), Actions: buttons}
	}
	tabs := page.Tabs("", 0, tab("UPLOADS", control.NewButton("Export…", nil), control.NewButton("Receive an upload…", nil)),
		tab("DEVICES", control.NewButton("Export…", nil)))
	w := test.NewTempWindow(t, tabs.Content)
	w.Resize(fyne.NewSize(380, 300))
	top := func() float32 {
		entry := uitest.FindEntry(w, "").(fyne.CanvasObject)
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(entry).Y
	}
	before := top()
	uitest.Tap(t, w, "DEVICES")
	require.Less(t, top(), before-20)
	uitest.Tap(t, w, "UPLOADS")
	require.Equal(t, before, top())
}
