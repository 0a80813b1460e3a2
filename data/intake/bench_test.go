package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
	"consign/model"
)

const (
	dualA1, dualA2, serialA = "351921580053066", "490154203237518", "R5X477CVWFC"
	dualB1, serialB         = "356938035643809", "R5V7ZE25Y4F"
	ean, iccid              = "4006381333931", "8949020000012345678"
)

func TestSerialNumberClosesTheBox(t *testing.T) {
	b := NewBench(OnePerBox)
	require.Equal(t, NoDevice, b.Scan(ean).Answer)
	require.Contains(t, b.Scan(iccid).Reason.String(), "ICCID")
	require.Equal(t, Scanned{Answer: NewDevice, Box: 0}, b.Scan(dualA1))
	require.Equal(t, Scanned{Answer: SameBox, Box: 0}, b.Scan(dualA2))
	require.Equal(t, NoDevice, b.Scan(ean).Answer, "an EAN between them changes nothing")
	require.Equal(t, Scanned{Answer: BoxClosed, Box: 0}, b.Scan(serialA))
	require.Equal(t, Scanned{Answer: NewDevice, Box: 1}, b.Scan(dualB1))
	require.Equal(t, model.Identifiers{IMEI1: dualA1, IMEI2: dualA2, Serial: serialA}, b.Device(0))
}

func TestThirdIMEIBeginsANewBox(t *testing.T) {
	b := NewBench(OnePerBox)
	b.Scan(dualA1)
	b.Scan(dualA2)
	said := b.Scan(dualB1)
	require.Equal(t, 1, said.Box)
	require.Equal(t, Doubtful, said.Answer)
	require.Equal(t, "Device 1 has no serial number.", said.Reason.String())
}

func TestLabelOfANeighbourLeavesTheBoxOpen(t *testing.T) {
	b := NewBench(OnePerBox)
	b.Scan(dualA1)
	b.Scan(serialA)
	b.Scan(dualB1)
	require.Equal(t, "Scanned already: device 1.", b.Scan(dualA1).Reason.String())
	require.Equal(t, 1, b.Scan(serialB).Box)
	require.Equal(t, model.Identifiers{IMEI1: dualB1, Serial: serialB}, b.Device(1))
}

func TestBoxThatIsScannedAgainEndsTheOneBefore(t *testing.T) {
	b := NewBench(OnePerBox)
	for _, scan := range []string{dualA1, serialA, dualA2, dualA1, serialA} { // the second box has no serial number, then the first again
		b.Scan(scan)
	}
	require.False(t, b.Open())
	require.Equal(t, 2, b.Scan(dualB1).Box)
}

func TestMissedSerialNumberThatJoinsTwoBoxesIsSaid(t *testing.T) {
	b := NewBench(OnePerBox)
	b.Trust(true)
	for _, scan := range []string{imeiOf(1), serialA, imeiOf(2), imeiOf(3)} { // the second box's serial number was missed
		require.NotEqual(t, Unlike, b.Scan(scan).Answer)
	}
	said := b.Scan(serialB)
	require.Equal(t, Unlike, said.Answer)
	require.Contains(t, said.Reason.String(), "IMEIs on this box: 2; on the box before: 1.")
	b.Undo()
	b.Undo()
	require.Equal(t, Scanned{Answer: BoxClosed, Box: 1}, b.Scan(serialB), "undo forgets it")
}

func TestSerialNumberThatIsScannedFirstIsSaid(t *testing.T) {
	b := NewBench(OnePerBox)
	said := b.Scan(serialA)
	require.Equal(t, Unlike, said.Answer)
	require.Contains(t, said.Reason.String(), "scanned last")
	require.Equal(t, NewDevice, b.Scan(serialB).Answer, "a pile of tablets without a modem")
	require.Equal(t, NewDevice, NewBench(OnePerScan).Scan(serialA).Answer)
}

func TestEmptyScanClosesTheBox(t *testing.T) {
	b := NewBench(OnePerBox)
	b.Scan(dualA1)
	require.True(t, b.Open())
	require.Equal(t, "Device 1 has no serial number.", b.Scan("").Reason.String())
	require.Equal(t, Scanned{Answer: BoxClosed, Box: 0}, b.Scan(""), "it is closed already")
	require.Equal(t, Scanned{Answer: NewDevice, Box: 1}, b.Scan(dualA2))
}

func TestOnePerScanMakesEveryScanADevice(t *testing.T) {
	b := NewBench(OnePerScan)
	for _, scan := range []string{dualA1, dualA2, serialA} {
		require.Equal(t, NewDevice, b.Scan(scan).Answer)
	}
	require.Equal(t, 3, b.Len())
}

func TestSecondScanOfADeviceIsSaidAtOnce(t *testing.T) {
	b := NewBench(OnePerBox)
	b.Scan(dualA1)
	require.Equal(t, ScannedBefore, b.Scan(dualA1).Answer)
	require.Equal(t, SameBox, b.Scan(dualA2).Answer, "the box stays open")
	b.Scan(serialA)
	said := b.Scan(dualA2)
	require.Equal(t, ScannedBefore, said.Answer)
	require.Equal(t, 0, said.Box)
	require.Equal(t, 1, b.Len())
}

func TestWrongCheckDigitOnTheBenchIsDoubtful(t *testing.T) {
	b := NewBench(OnePerScan)
	said := b.Scan("356938035643810")
	require.Equal(t, Doubtful, said.Answer)
	require.Contains(t, said.Reason.String(), "check digit")
	require.Equal(t, 1, b.Len())
}

func TestUndoTakesBackTheLastScanWhateverItWas(t *testing.T) {
	b := NewBench(OnePerBox)
	for _, scan := range []string{dualA1, dualA2, ean, serialA} {
		b.Scan(scan)
	}
	require.False(t, b.Open())
	require.True(t, b.Undo())
	require.True(t, b.Open())
	require.Empty(t, b.Device(0).Serial)
	b.Undo()
	b.Undo()
	require.Equal(t, model.Identifiers{IMEI1: dualA1}, b.Device(0))
	b.Undo()
	require.Zero(t, b.Len())
	require.False(t, b.Undo())
}

func TestScannedDevicesAreReviewedLikeAList(t *testing.T) {
	b := NewBench(OnePerBox)
	for _, scan := range []string{dualA1, dualA2, serialA, dualB1, serialB} {
		b.Scan(scan)
	}
	r := reviewBench(t, b)
	require.Equal(t, []model.Verdict{model.OK, model.OK}, verdictsOf(r))
	require.Equal(t, b.Device(0), r.Line(0).Device.Identifiers)
	require.Equal(t, 1, r.Line(0).Number, "the number that the bench says")
}

// reviewBench reviews what is on a bench.
func reviewBench(t *testing.T, b *Bench) *Review {
	file, err := sheet.FromText(b.Text())
	require.NoError(t, err)
	r := NewReview(Options{Layout: BenchLayout(), Boxes: b.Mode() == OnePerBox})
	require.NoError(t, r.Read(t.Context(), file, 0))
	return r
}

func TestBoxWithoutASerialNumberIsAWarning(t *testing.T) {
	b := NewBench(OnePerBox)
	for _, scan := range []string{dualA1, dualA2, dualB1, serialB} {
		b.Scan(scan)
	}
	r := reviewBench(t, b)
	require.Equal(t, []model.Verdict{model.Warning, model.OK}, verdictsOf(r))
	require.Contains(t, r.Line(0).Reason.String(), "No serial number")
	require.NoError(t, r.Set(t.Context(), 0, 3, serialA))
	require.Equal(t, []model.Verdict{model.OK, model.OK}, verdictsOf(r))

	single := NewBench(OnePerScan)
	single.Scan(dualA1)
	require.Equal(t, []model.Verdict{model.OK}, verdictsOf(reviewBench(t, single)), "who scans one label per device has no more")
}

func TestSingleScanOfEveryKindIsReviewedAsWhatItIs(t *testing.T) {
	for _, scan := range []string{dualA1, serialA, "A10000009296F2"} {
		b := NewBench(OnePerScan)
		b.Scan(scan)
		require.Equal(t, b.Device(0), reviewBench(t, b).Line(0).Device.Identifiers)
	}
}

func TestScanSessionSurvivesACrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scan.journal")
	_, err := ResumeScan(path)
	require.Equal(t, model.NotFound, model.CodeOf(err))

	s, err := StartScan(path, OnePerBox)
	require.NoError(t, err)
	for _, scan := range []string{dualA1, dualA2, serialA, dualB1, "wrong", ""} {
		_, err := s.Scan(scan)
		require.NoError(t, err)
	}
	_, err = s.Undo()
	require.NoError(t, err)
	_, err = s.Undo()
	require.NoError(t, err)
	require.NoError(t, s.Expect(300))
	require.NoError(t, s.Choose(7))
	want := *s.Bench
	// The crash: nobody closes, and the last line is half written.
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append(content, "+35192"...), 0o600))

	_, err = StartScan(path, OnePerBox)
	require.Error(t, err, "an earlier session is not overwritten")
	again, err := ResumeScan(path)
	require.NoError(t, err)
	require.Equal(t, want.Scans(), again.Scans())
	require.Equal(t, want.Text(), again.Text())
	require.Equal(t, want.Open(), again.Open())
	require.Equal(t, 300, again.Expected())
	require.EqualValues(t, 7, again.Party())
	said, err := again.Scan(serialB)
	require.NoError(t, err)
	require.Equal(t, 1, said.Box)
	require.False(t, again.Open())
	require.NoError(t, again.Close())

	third, err := ResumeScan(path)
	require.NoError(t, err)
	require.Equal(t, again.Text(), third.Text())
	require.NoError(t, third.Discard())
	_, err = os.Stat(path)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestForeignJournalIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scan.journal")
	for _, content := range []string{"", "+351921580053066\n", "something else\n"} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, err := ResumeScan(path)
		require.Equal(t, model.Damaged, model.CodeOf(err), content)
	}
}

func TestThreeHundredBoxesOfTheSampleKind(t *testing.T) {
	b := NewBench(OnePerBox)
	for i := range 300 {
		for _, scan := range []string{ean, imeiOf(2 * i), imeiOf(2*i + 1), "R5" + strings.Repeat("0", 9-len(imeiOf(i)[9:])) + imeiOf(i)[9:]} {
			b.Scan(scan)
		}
	}
	require.Equal(t, 300, b.Len())
	for i := range 300 {
		require.NotEmpty(t, b.Device(i).Serial)
	}
}

func TestSampleBenchNamesWhatIsNoDevice(t *testing.T) {
	content, err := os.ReadFile("testdata/08-scanner-bench.txt")
	require.NoError(t, err)
	b := NewBench(OnePerBox)
	for _, scan := range strings.Fields(string(content)) {
		if said := b.Scan(scan); said.Answer == NoDevice {
			require.Regexp(t, "EAN|ICCID", said.Reason.String())
		}
	}
	for i := range b.Len() {
		require.NotEmpty(t, b.Device(i).IMEI1)
		require.NotEmpty(t, b.Device(i).Serial)
	}
}
