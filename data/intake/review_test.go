package intake

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"consign/data/sheet"
	"consign/model"
)

// shelf is a register of a few devices: identifier to device id.
type shelf map[string]int64

func (s shelf) Registered(_ context.Context, kind model.IdentifierKind, values []string, found func(int, int64)) error {
	for i, v := range values {
		if id, ok := s[kind.String()+v]; ok {
			found(i, id)
		}
	}
	return nil
}

func (s shelf) Holders(_ context.Context, devices []int64) (map[int64]model.Registered, error) {
	holders := map[int64]model.Registered{}
	for _, id := range devices {
		holders[id] = model.Registered{DeviceID: id, ResellerID: 1, CustomerID: 7, Customer: "Contoso", UploadUUID: "u-1",
			UploadedAt: time.Date(2026, 5, 4, 12, 0, 0, 0, time.Local), Device: s.identifiersOf(id)}
	}
	return holders, nil
}

func (s shelf) identifiersOf(device int64) (ids model.Identifiers) {
	for key, id := range s {
		if id != device {
			continue
		}
		for prefix, to := range map[string]*string{model.IMEI.String(): &ids.IMEI1, model.MEID.String(): &ids.MEID,
			model.SerialNumber.String(): &ids.Serial} {
			if value, is := strings.CutPrefix(key, prefix); is {
				*to = value
			}
		}
	}
	return ids
}

func verdictsOf(r *Review) []model.Verdict {
	var all []model.Verdict
	for i := range r.Len() {
		all = append(all, r.Line(i).Verdict)
	}
	return all
}

func TestRegisteredDeviceIsFoundOverEveryIdentifier(t *testing.T) {
	register := shelf{"IMEI490154203237518": 11, "MEIDA10000009296F2": 12, "Serial numberR5X477CVWFC": 13}
	r := reviewText(t, "IMEI1,IMEI2,MEID,S/N\n351921580053066,490154203237518,,\n356938035643809,,A10000009296F2,\n,,,R5X477CVWFC\n"+
		"351801427756156,,,R5V7ZE25Y4F\n490154203237518,,,\n",
		Options{Register: register, Reseller: 1, Target: 7})
	require.Equal(t, []model.Verdict{model.AlreadyRegistered, model.AlreadyRegistered, model.AlreadyRegistered, model.OK,
		model.DuplicateInFile}, verdictsOf(r))
	lines := []Line{r.Line(0), r.Line(3), r.Line(1), r.Line(2)}
	require.EqualValues(t, 11, lines[0].Registered)
	require.NoError(t, r.Explain(context.Background(), lines))
	require.Equal(t, "490154203237518: uploaded by the same reseller to the same customer, Contoso, on 2026-05-04 (upload u-1).",
		lines[0].Reason.String())
	require.Empty(t, lines[1].Reason.Template)
	require.Contains(t, lines[2].Reason.String(), "A10000009296F2: uploaded", "the identifier that is taken, not the free one before it")
	require.Contains(t, lines[3].Reason.String(), "R5X477CVWFC: uploaded")

	// A line that repeats a registered device is registered too once it stands alone.
	r.LeaveOutAll([]int{0}, true)
	require.Equal(t, model.AlreadyRegistered, r.Line(4).Verdict)
}

func TestFiguresOfAnUploadCountEveryLine(t *testing.T) {
	r := reviewPath(t, "testdata/05-every-fault.csv", Options{Register: shelf{"IMEI351801427756156": 5}})
	require.Equal(t, model.Figures{Uploaded: 20, Valid: 8, Invalid: 8, Duplicate: 4}, r.Counts().Figures())
	require.Equal(t, 1, r.ConfirmAll())
	require.Equal(t, model.Figures{Uploaded: 20, Valid: 9, Invalid: 7, Duplicate: 4}, r.Counts().Figures())
	failed, err := r.Failed(context.Background())
	require.NoError(t, err)
	require.Len(t, failed, 11)
	require.Equal(t, 2, failed[0].Line)
	require.Equal(t, "351801427756156", failed[0].Value)
	require.Len(t, slices.Collect(r.Taken()), 9)
}

func TestCorrectedLineIsJudgedAnewWithItsDuplicates(t *testing.T) {
	ctx := context.Background()
	r := reviewText(t, "IMEI,Model\n351921580053066,A\n351921580053066,B\n35192158005306X,C\n",
		Options{Register: shelf{"IMEI356938035643809": 9}})
	require.Equal(t, []model.Verdict{model.OK, model.DuplicateInFile, model.Rejected}, verdictsOf(r))

	require.NoError(t, r.Set(ctx, 0, 0, "490154203237518"))
	require.Equal(t, []model.Verdict{model.OK, model.OK, model.Rejected}, verdictsOf(r))
	require.True(t, r.Line(0).Edited)
	require.Equal(t, []string{"490154203237518", "A"}, r.Line(0).Cells)

	require.NoError(t, r.Set(ctx, 2, 0, "351921580053066"))
	require.Equal(t, model.DuplicateInFile, r.Line(2).Verdict)
	require.Equal(t, 3, r.Line(2).First)

	require.NoError(t, r.Set(ctx, 2, 0, "356938035643809"))
	require.Equal(t, model.AlreadyRegistered, r.Line(2).Verdict)
	require.NoError(t, r.Set(ctx, 2, 1, "D"))
	require.Equal(t, "D", r.Line(2).Device.Model)

	require.NoError(t, r.Set(ctx, 1, 0, "356938035643810"))
	require.Equal(t, model.Warning, r.Line(1).Verdict)
	r.Confirm(1, true)
	require.Equal(t, 2, r.Counts().Taken)
	require.NoError(t, r.Set(ctx, 1, 0, "356938035643811"))
	require.False(t, r.Line(1).Confirmed, "another value was confirmed")
}

func TestLineLeftOutMakesRoomForItsDuplicate(t *testing.T) {
	r := reviewText(t, "IMEI\n351921580053066\n351921580053066\n", Options{})
	r.LeaveOutAll([]int{0}, true)
	require.Equal(t, []model.Verdict{model.OK, model.OK}, verdictsOf(r))
	require.Equal(t, 1, r.Counts().Taken)
	r.LeaveOutAll([]int{0}, false)
	require.Equal(t, []model.Verdict{model.DuplicateInFile, model.OK}, verdictsOf(r))
	require.Equal(t, 1, r.Counts().Taken)
}

func TestManyLinesAreLeftOutAtOnce(t *testing.T) {
	r := reviewText(t, "IMEI\n351921580053066\n351921580053066\n490154203237518\n351921580053066\n", Options{})
	r.LeaveOutAll([]int{0, 2}, true)
	require.Equal(t, []model.Verdict{model.OK, model.OK, model.OK, model.DuplicateInFile}, verdictsOf(r))
	require.Equal(t, 3, r.Line(3).First)
	require.Equal(t, 1, r.Counts().Taken)
}

func TestSeparatorOfAScannerDoesNotMoveCells(t *testing.T) {
	r := reviewText(t, "Model,IMEI\nS24\x1fblack,35192158005306\n", Options{})
	require.Equal(t, []string{"S24 black", "35192158005306"}, r.Line(0).Cells)
}

func TestOrderNumberStaysAsItIsWritten(t *testing.T) {
	r := reviewPath(t, "testdata/02-distributor-semicolon-windows1252.csv", Options{})
	require.Equal(t, "PO-München-0", r.Line(0).Device.OrderNumber)
	require.Equal(t, `Galaxy XCover – Größe 6,6"`, r.Line(0).Device.Model)

}

func TestRejectedLinesComeBackInTheLayoutOfTheOriginal(t *testing.T) {
	ctx := context.Background()
	for _, name := range []string{"rest.csv", "rest.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		r := reviewPath(t, "testdata/05-every-fault.csv", Options{})
		n, err := r.SaveRejected(ctx, path, model.Text.String)
		require.NoError(t, err)
		require.Equal(t, 11, n)

		again := reviewPath(t, path, Options{})
		require.Equal(t, []Meaning{IMEI, IMEI2, Serial, FailureReason}, again.Layout().Columns)
		want := map[model.Verdict]int{}
		for _, v := range verdictsOf(again) {
			want[v]++
		}
		require.Equal(t, map[model.Verdict]int{model.OK: 3, model.Warning: 1, model.Rejected: 7}, want, "duplicates are alone now")
		require.Equal(t, `=HYPERLINK("http://127.0.0.1")`, again.Line(10).Cells[0])

		// Saved once more, there is still one column of reasons.
		n, err = again.SaveRejected(ctx, path, model.Text.String)
		require.NoError(t, err)
		require.Equal(t, 8, n)
		require.Len(t, reviewPath(t, path, Options{}).Layout().Titles, 4)
	}
}

func TestRejectedLinesOfAListWithoutAHeaderComeBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rest.csv")
	r := reviewText(t, "351921580053066;S24\n35192158005306X;S23\n490154203237518;S22\n", Options{})
	_, err := r.SaveRejected(context.Background(), path, model.Text.String)
	require.NoError(t, err)
	again := reviewPath(t, path, Options{})
	require.Equal(t, 1, again.Len())
	require.Equal(t, []string{"35192158005306X", "S23"}, again.Line(0).Cells[:2])
}

func TestHiddenRowsAndColumnsAreSaidAndNotTaken(t *testing.T) {
	book := excelize.NewFile()
	for i, row := range [][]any{{"IMEI", "S/N"}, {"351921580053066", "R5X477CVWFC"}, {"490154203237518", "R5V7ZE25Y4F"}} {
		require.NoError(t, book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row))
	}
	require.NoError(t, book.SetRowVisible("Sheet1", 2, false))
	require.NoError(t, book.SetColVisible("Sheet1", "B", false))
	path := filepath.Join(t.TempDir(), "list.xlsx")
	require.NoError(t, book.SaveAs(path))

	r := reviewPath(t, path, Options{})
	require.Equal(t, []model.Verdict{model.Skipped, model.OK}, verdictsOf(r))
	require.Contains(t, r.Line(0).Reason.String(), "hides")
	require.Equal(t, []int{1}, r.Layout().Hidden)
	require.Empty(t, r.Line(1).Device.Serial)
	require.Equal(t, []model.Verdict{model.OK, model.OK}, verdictsOf(reviewPath(t, path, Options{Hidden: true})))
}

func TestNumberThatASpreadsheetCutIsNotRepaired(t *testing.T) {
	book := excelize.NewFile()
	for i, row := range [][]any{{"IMEI/MEID"}, {270113177609606898.0}, {3519215800530612.0}} {
		require.NoError(t, book.SetSheetRow("Sheet1", "A"+strconv.Itoa(i+1), &row))
	}
	path := filepath.Join(t.TempDir(), "list.xlsx")
	require.NoError(t, book.SaveAs(path))
	r := reviewPath(t, path, Options{})
	require.Equal(t, []model.Verdict{model.Rejected, model.Fixed}, verdictsOf(r), "of an IMEISV only 14 digits count")
	require.Contains(t, r.Line(0).Reason.String(), "15 digits")
}

func TestListWithoutIdentifiersIsRefusedUntilAColumnIsNamed(t *testing.T) {
	ctx := context.Background()
	file, err := sheet.FromText("Model;Color\nS24;red\n")
	require.NoError(t, err)
	index, sample, err := Find(ctx, file)
	require.NoError(t, err)
	layout := Recognise(sample)
	require.False(t, layout.Identifies())
	r := NewReview(Options{Layout: layout})
	require.Equal(t, model.Invalid, model.CodeOf(r.Read(ctx, file, index)))
	done, err := r.Done()
	require.True(t, done)
	require.Error(t, err)
	r = NewReview(Options{Layout: layout.Corrected([]Meaning{Serial, Ignored})})
	require.NoError(t, r.Read(ctx, file, index))
	require.Equal(t, []model.Verdict{model.Rejected}, verdictsOf(r))
}

func TestReviewIsReadAndCorrectedWhileItFills(t *testing.T) {
	var text strings.Builder
	text.WriteString("IMEI,Model\n")
	for i := range 20_000 {
		text.WriteString(imeiOf(i%15_000) + ",S24\n")
	}
	file, err := sheet.FromText(text.String())
	require.NoError(t, err)
	_, sample, err := Find(context.Background(), file)
	require.NoError(t, err)
	r := NewReview(Options{Layout: Recognise(sample), Register: shelf{}})
	var readers sync.WaitGroup
	readers.Go(func() {
		for done := false; !done; done, _ = r.Done() {
			for _, i := range r.Indexes(model.OK) {
				if r.Line(int(i)).Device.Model != "S24" {
					t.Error("half a line")
				}
				break
			}
			if n := r.Len(); n > 0 {
				r.LeaveOutAll([]int{n - 1}, true)
				r.LeaveOutAll([]int{n - 1}, false)
				if err := r.Set(context.Background(), n/2, 1, "S24"); err != nil {
					t.Error(err)
				}
			}
		}
	})
	require.NoError(t, r.Read(context.Background(), file, 0))
	readers.Wait()
	require.Equal(t, 15_000, r.Counts().Taken)
}

// imeiOf is the i-th IMEI of a series.
func imeiOf(i int) string {
	first := strconv.Itoa(35192158_000000 + i)
	return first + string(model.LuhnDigit(first))
}

// TestDuplicatesHoldThroughAnyCorrections plays corrections against a plain reading: among the lines that
// claim, no identifier comes twice, and every duplicate repeats a line that claims.
func TestDuplicatesHoldThroughAnyCorrections(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		imei := rapid.Custom(func(t *rapid.T) string { return imeiOf(rapid.IntRange(0, 5).Draw(t, "imei")) })
		var text strings.Builder
		text.WriteString("IMEI1,IMEI2\n")
		n := rapid.IntRange(1, 12).Draw(t, "lines")
		for range n {
			text.WriteString(imei.Draw(t, "first") + "," + imei.Draw(t, "second") + "\n")
		}
		file, err := sheet.FromText(text.String())
		require.NoError(t, err)
		_, sample, err := Find(context.Background(), file)
		require.NoError(t, err)
		r := NewReview(Options{Layout: Recognise(sample)})
		require.NoError(t, r.Read(context.Background(), file, 0))
		for range rapid.IntRange(0, 10).Draw(t, "steps") {
			i := rapid.IntRange(0, n-1).Draw(t, "line")
			if rapid.Bool().Draw(t, "leave out") {
				r.LeaveOutAll([]int{i}, rapid.Bool().Draw(t, "yes"))
			} else {
				require.NoError(t, r.Set(context.Background(), i, rapid.IntRange(0, 1).Draw(t, "column"), imei.Draw(t, "new")))
			}
			owner := map[string]int{}
			taken := 0
			for k := range n {
				l := r.Line(k)
				if l.Verdict == model.DuplicateInFile || l.LeftOut {
					continue
				}
				taken++
				for _, id := range identifiersOf(l.Device.Identifiers) {
					_, twice := owner[id]
					require.False(t, twice, "line %d", l.Number)
					owner[id] = k
				}
			}
			require.Equal(t, taken, r.Counts().Taken)
			for k := range n {
				if l := r.Line(k); l.Verdict == model.DuplicateInFile && !l.LeftOut {
					first := r.Line(l.First - 2)
					require.NotEqual(t, model.DuplicateInFile, first.Verdict)
					require.True(t, slices.ContainsFunc(identifiersOf(l.Device.Identifiers), func(id string) bool {
						return slices.Contains(identifiersOf(first.Device.Identifiers), id)
					}))
				}
			}
		}
	})
}

// TestExportedDevicesComeBackTheSame writes devices as pages export them and reads them again.
func TestExportedDevicesComeBackTheSame(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "devices")
		var devices []model.NewDevice
		for i := range n {
			d := model.NewDevice{Model: model.PlainText(rapid.String().Draw(t, "model")),
				OrderNumber: rapid.StringMatching(`[A-Za-z0-9]{0,12}`).Draw(t, "order")}
			if rapid.Bool().Draw(t, "imei") {
				d.IMEI1 = imeiOf(2 * i)
				if rapid.Bool().Draw(t, "dual") {
					d.IMEI2 = imeiOf(2*i + 1)
				}
			}
			if rapid.Bool().Draw(t, "meid") {
				d.MEID = "A10000009296F" + strconv.Itoa(i%10)
			}
			if d.Empty() || rapid.Bool().Draw(t, "serial") {
				d.Serial = "R5X477CVW" + strconv.Itoa(10+i)
			}
			devices = append(devices, d)
		}
		for _, name := range []string{"devices.csv", "devices.xlsx"} {
			path := filepath.Join(folder, name)
			w, err := sheet.Create(path, sheet.Table{Name: "Devices", Format: sheet.FormatOf(name), Columns: []sheet.Column{
				{Title: "IMEI"}, {Title: "IMEI 2"}, {Title: "MEID"}, {Title: "SERIAL NUMBER"}, {Title: "MODEL"}, {Title: "ORDER NUMBER"},
				{Title: "DEVICES", Kind: sheet.Number},
			}})
			require.NoError(t, err)
			for _, d := range devices {
				require.NoError(t, w.Write([]string{d.IMEI1, d.IMEI2, d.MEID, d.Serial, d.Model, d.OrderNumber, "1"}))
			}
			require.NoError(t, w.Commit(context.Background()))
			file, err := sheet.Open(path)
			require.NoError(t, err)
			_, sample, err := Find(context.Background(), file)
			require.NoError(t, err)
			r := NewReview(Options{Layout: Recognise(sample)})
			require.NoError(t, r.Read(context.Background(), file, 0))
			require.NoError(t, file.Close())
			var back []model.NewDevice
			for i := range r.Taken() {
				back = append(back, r.Device(i))
			}
			require.Equal(t, devices, back)
			require.Equal(t, n, r.Counts().Of(model.OK))
		}
	})
}

func TestMaybeAnIMEIInThePlaceOfASerialNumberIsConfirmedOnlyByItself(t *testing.T) {
	r := reviewText(t, "IMEI,S/N\n351921580053066,C39ABCDEFGHJ\n490154203237518,356938035643810\n356938035643810,356938035643811\n", Options{})
	require.Equal(t, []model.Verdict{model.Warning, model.Warning, model.Warning}, verdictsOf(r))
	require.Equal(t, 1, r.Counts().Waiting, "also where another warning came first")
	require.Equal(t, 1, r.ConfirmAll())
	require.Equal(t, 1, r.Counts().Taken)

	r.Confirm(1, true)
	require.Equal(t, 2, r.Counts().Taken)
}

func TestWarningOfALineThatIsLeftOutWaitsForNobody(t *testing.T) {
	r := reviewText(t, "IMEI\n351921580053067\n490154203237519\n", Options{})
	require.Equal(t, 2, r.Counts().Waiting)
	r.LeaveOutAll([]int{0}, true)
	require.Equal(t, 1, r.Counts().Waiting)
	require.Equal(t, 1, r.ConfirmAll())
	require.Zero(t, r.Counts().Waiting)
	r.LeaveOutAll([]int{0}, false)
	require.Equal(t, 1, r.Counts().Waiting)
}

func TestReviewIsRecheckedAgainstTheRegisterWithoutItsFile(t *testing.T) {
	ctx := context.Background()
	register := shelf{"IMEI351921580053066": 5}
	r := reviewText(t, "IMEI\n351921580053066\n490154203237518\n35693803564380X\n", Options{Register: register, Reseller: 1, Target: 7})
	require.NoError(t, r.Set(ctx, 2, 0, "356938035643809"))
	r.LeaveOutAll([]int{1}, true)
	require.Equal(t, []model.Verdict{model.AlreadyRegistered, model.OK, model.OK}, verdictsOf(r))

	delete(register, "IMEI351921580053066")
	register["IMEI490154203237518"], register["IMEI356938035643809"] = 6, 7
	require.NoError(t, r.Recheck(ctx, Options{Register: register, Reseller: 1, Target: 8}))
	require.Equal(t, []model.Verdict{model.OK, model.AlreadyRegistered, model.AlreadyRegistered}, verdictsOf(r))
	require.Equal(t, 1, r.Counts().Taken)
	require.True(t, r.Line(1).LeftOut, "what a person did stays")
	require.True(t, r.Line(2).Edited)
	lines := []Line{r.Line(2)}
	require.NoError(t, r.Explain(ctx, lines))
	require.Contains(t, lines[0].Reason.String(), "to a different customer", "the target is another")
}

func TestOneColumnOfLabelsIsTakenAsIdentifiers(t *testing.T) {
	l := Recognise(Sample{Lines: []int{1, 2, 3, 4}, Rows: [][]string{{"8806095067890"}, {"351921580053066"}, {"8949020000012345678"},
		{"SM-A546B 128 GB"}}})
	require.True(t, l.Identifies())
	require.False(t, Recognise(Sample{Lines: []int{1}, Rows: [][]string{{"8806095067890"}}}).Identifies())
}
