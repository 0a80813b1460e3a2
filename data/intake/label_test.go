package intake

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestWhatStandsOnTheBoxButIsNoDevicesChangesNothing(t *testing.T) {
	for scan, want := range map[string]string{
		ean: "EAN", "8806095067890": "EAN", "EAN: 8806095067890": "EAN", "012345678905": "EAN", "96385074": "EAN",
		"18806095299997": "GTIN", "18806095299996": "carton", "28806095299993": "carton", "(01)18806095299997": "GTIN",
		"]C10118806095299997": "GTIN", "0108806095067890": "GTIN",
		iccid: "ICCID", "ICCID 8949020000012345678": "ICCID", "89490200001234567890": "ICCID", "89049032007008882600123456789012": "EID",
		"EID: 1234":       "EID",
		"262011234567890": "IMSI", "IMSI 262011234567890": "IMSI", "A0:B1:C2:D3:E4:F5": "MAC", "A0-B1-C2-D3-E4-F5": "MAC", "A0B1C2D3E4F5": "MAC",
		"WLAN MAC: A0B1C2D3E4F5": "MAC",
		"85171300":               "tariff", "8517.13.00": "tariff", "HS Code: 85171300": "HS Code", "UPC 012345678905": "UPC",
		"0034012345678901234 5": "parcel",
		"SKU: GALAXY-S23-BLK":   "SKU", "FCC ID: A3LSMS911B": "FCC ID", "https://www.samsung.com/qr?x=351921580053066": "web address",
		"6F9619FF-8B86-D011-B42D-00CF4FC964FF": "GUID", "Battery SN: 1234567890AB": "Battery", "Color: Phantom Black": "Color",
	} {
		b := NewBench(OnePerBox)
		b.Scan(dualA1)
		said := b.Scan(scan)
		require.Equal(t, NoDevice, said.Answer, "%s: %s", scan, said.Reason)
		require.Contains(t, said.Reason.String(), want, scan)
		require.True(t, b.Open(), "%s leaves the box open", scan)
		require.Equal(t, 1, b.Len())
	}
}

func TestWordsBeforeAnIdentifierAreRead(t *testing.T) {
	for scan, want := range map[string]model.Identifiers{
		"IMEI1 351921580053066": {IMEI1: dualA1}, "IMEI 2: 490154203237518": {IMEI1: dualA2}, "IMEI(1):351921580053066": {IMEI1: dualA1},
		"IMEI351921580053066":  {IMEI1: dualA1},
		"IMEI1351921580053066": {IMEI1: dualA1}, "imei/meid: 351921580053066": {IMEI1: dualA1}, "IMEI No. 351921580053066": {IMEI1: dualA1},
		"IMEI=351921580053066":      {IMEI1: dualA1},
		"IMEI1: 35 192158 005306 6": {IMEI1: dualA1}, "SN R58N12ABCDE": {Serial: "R58N12ABCDE"}, "S/N: R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"S/N:R58N12ABCDE":        {Serial: "R58N12ABCDE"},
		"Serial No. R58N12ABCDE": {Serial: "R58N12ABCDE"}, "(S) R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"Seriennummer: R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"N° de série : R58N12ABCDE": {Serial: "R58N12ABCDE"}, "Número de serie R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"일련번호: R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"製造番号：R58N12ABCDE":  {Serial: "R58N12ABCDE"}, "MEID: A10000009296F2": {MEID: "A10000009296F2"}, "]C1R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"IMEI1: 351921580053066 IMEI2: 490154203237518 SN: R58N12ABCDE": {IMEI1: dualA1, IMEI2: dualA2, Serial: "R58N12ABCDE"},
		"EAN 8806095067890 IMEI 351921580053066":                        {IMEI1: dualA1},
	} {
		l := ReadLabel(scan)
		require.Len(t, l.Devices, 1, "%s: %s%s", scan, l.Reason, l.NoDevice)
		require.Equal(t, want, l.Devices[0].ids, scan)
	}
}

func TestGS1CodesAreRead(t *testing.T) {
	gtin := "01" + "18806095299997"
	for scan, want := range map[string]model.Identifiers{
		"(01)18806095299997(21)R58N12ABCDE(8002)351921580053066": {IMEI1: dualA1, Serial: "R58N12ABCDE"},
		"(21)R58N12ABCDE":  {Serial: "R58N12ABCDE"},
		"]C121R58N12ABCDE": {Serial: "R58N12ABCDE"},
		"]d2" + gtin + "21R58N12ABCDE\x1d8002351921580053066":  {IMEI1: dualA1, Serial: "R58N12ABCDE"},
		"\x1d" + gtin + "8002351921580053066\x1d21R58N12ABCDE": {IMEI1: dualA1, Serial: "R58N12ABCDE"},
		gtin + "21R58N12ABCDE8002351921580053066":              {IMEI1: dualA1, Serial: "R58N12ABCDE"}, // FNC1 is lost
		gtin + "800235192158005306621R58N12ABCDE":              {IMEI1: dualA1, Serial: "R58N12ABCDE"},
		gtin + "10LOT7\x1d17251231" + "21R58N12ABCDE":          {Serial: "R58N12ABCDE"},
		"]C18002351921580053066\x1d8002490154203237518":        {IMEI1: dualA1, IMEI2: dualA2},
	} {
		l := ReadLabel(scan)
		require.Len(t, l.Devices, 1, "%q: %s%s", scan, l.Reason, l.NoDevice)
		require.Equal(t, want, l.Devices[0].ids, "%q", scan)
	}
	l := ReadLabel("0135292100000017") // an IMEISV that begins as a GTIN does
	require.Len(t, l.Devices, 1)
}

func TestCodeOfACartonBecomesSoManyBoxes(t *testing.T) {
	lines, err := os.ReadFile("testdata/carton-qr.txt")
	require.NoError(t, err)
	b := NewBench(OnePerBox)
	said := b.Scan(string(lines))
	require.Equal(t, SeveralBoxes, said.Answer, said.Reason)
	require.Equal(t, 2, said.Boxes)
	require.Equal(t, model.Identifiers{IMEI1: dualA1, Serial: "R58N12ABCDE"}, b.Device(0))
	require.Equal(t, model.Identifiers{IMEI1: dualA2, Serial: "R58N12ABCDF"}, b.Device(1))
	require.False(t, b.Open())
	require.Equal(t, ScannedBefore, b.Scan(string(lines)).Answer)
	require.Equal(t, 2, b.Len())
	require.Equal(t, NewDevice, b.Scan(dualB1).Answer)
}

// TestTwentyDevicesInOneCode writes the same carton in the ways of distributors.
func TestTwentyDevicesInOneCode(t *testing.T) {
	serial := func(i int) string { return fmt.Sprintf("R58N12A%04d", i) }
	for name, code := range map[string]struct {
		of   func(i int) string
		join string
		want func(i int) model.Identifiers
	}{
		"lines with commas":      {func(i int) string { return imeiOf(2*i) + "," + imeiOf(2*i+1) + "," + serial(i) }, "\r\n", dual(serial)},
		"semicolons and commas":  {func(i int) string { return serial(i) + "," + imeiOf(2*i) + "," + imeiOf(2*i+1) }, ";", dual(serial)},
		"all commas":             {func(i int) string { return imeiOf(2*i) + "," + imeiOf(2*i+1) + "," + serial(i) }, ",", dual(serial)},
		"all tabs, serial first": {func(i int) string { return serial(i) + "\t" + imeiOf(2*i) + "\t" + imeiOf(2*i+1) }, "\t", dual(serial)},
		"spaces and bars":        {func(i int) string { return serial(i) + " " + imeiOf(2*i) + " " + imeiOf(2*i+1) }, "|", dual(serial)},
		"all spaces":             {func(i int) string { return serial(i) + " " + imeiOf(2*i) + " " + imeiOf(2*i+1) }, " ", dual(serial)},
		"a label one a line": {func(i int) string { return "IMEI1:" + imeiOf(2*i) + "\nIMEI2:" + imeiOf(2*i+1) + "\nS/N:" + serial(i) }, "\n",
			dual(serial)},
		"words on lines": {func(i int) string {
			return fmt.Sprintf("%02d. SN: %s IMEI1: %s IMEI2: %s", i+1, serial(i), imeiOf(2*i), imeiOf(2*i+1))
		}, "\n", dual(serial)},
		"EAN before each": {func(i int) string { return "8806095067890;" + imeiOf(2*i) + ";" + imeiOf(2*i+1) + ";" + serial(i) }, "\n",
			dual(serial)},
		"only serial numbers": {serial, ",", func(i int) model.Identifiers { return model.Identifiers{Serial: serial(i)} }},
		"only IMEIs":          {imeiOf, "\n", func(i int) model.Identifiers { return model.Identifiers{IMEI1: imeiOf(i)} }},
		"GS1": {func(i int) string { return "21" + serial(i) }, "\x1d",
			func(i int) model.Identifiers { return model.Identifiers{Serial: serial(i)} }},
	} {
		t.Run(name, func(t *testing.T) {
			var parts []string
			for i := range 20 {
				parts = append(parts, code.of(i))
			}
			b := NewBench(OnePerBox)
			said := b.Scan(strings.Join(parts, code.join))
			require.Equal(t, 20, said.Boxes, said.Reason)
			for i := range 20 {
				require.Equal(t, code.want(i), b.Device(i))
			}
		})
	}
}

func dual(serial func(int) string) func(int) model.Identifiers {
	return func(i int) model.Identifiers {
		return model.Identifiers{IMEI1: imeiOf(2 * i), IMEI2: imeiOf(2*i + 1), Serial: serial(i)}
	}
}

func TestIdentifiersOfTwoDevicesAreNeverJoined(t *testing.T) {
	for _, code := range []string{
		serialA + "," + serialB + "," + dualA1 + "," + dualB1,                // serial numbers first, then IMEIs
		dualA1 + "," + dualA2 + "," + dualB1 + "," + serialA,                 // one serial number of two devices
		serialA + " " + dualA1 + " " + serialB + " " + dualA2 + " " + dualB1, // one IMEI more
	} {
		b := NewBench(OnePerBox)
		said := b.Scan(code)
		require.Equal(t, Unread, said.Answer, code)
		require.Contains(t, said.Reason.String(), "not clear which belong together")
		require.Zero(t, b.Len())
	}
	b := NewBench(OnePerBox)
	said := b.Scan(serialA + "," + dualA1 + "\n" + serialB)
	require.Equal(t, Doubtful, said.Answer)
	require.Contains(t, said.Reason.String(), "not alike")
}

func TestModelOnTheLabelFillsTheModelOfTheBox(t *testing.T) {
	first := NewBench(OnePerBox) // the model is the first label
	for _, scan := range []string{"SM-S911BZKDEUB", dualA1, serialA, "Model: SM-A546B/DS", dualB1, serialB} {
		first.Scan(scan)
	}
	last := NewBench(OnePerBox)
	for _, scan := range []string{dualA1, serialA, "SM-S911BZKDEUB", dualB1, serialB, "SM-A546B/DS"} {
		last.Scan(scan)
	}
	for _, b := range []*Bench{first, last} {
		r := reviewBench(t, b)
		require.Equal(t, "SM-S911BZKDEUB", r.Line(0).Device.Model)
		require.Equal(t, "SM-A546B/DS", r.Line(1).Device.Model)
	}
	b := NewBench(OnePerBox)
	b.Scan(dualA1)
	require.Equal(t, 0, b.Scan("SM-S911B").Box)
	b.Scan(serialA)
	require.Equal(t, "SM-S911B", reviewBench(t, b).Line(0).Device.Model)
	b.Undo()
	b.Undo()
	require.NotContains(t, b.Text(), "SM-")
}

func TestFixOnTheBenchIsSaidAndCarriedIntoTheReview(t *testing.T) {
	for scan, want := range map[string]string{"35192158005306": "check digit was added", "3519215800530612": "software version",
		"35-192158-005306-6": "Separators"} {
		b := NewBench(OnePerScan)
		said := b.Scan(scan)
		require.True(t, said.Fixed, scan)
		require.Contains(t, said.Reason.String(), want)
		r := reviewBench(t, b)
		require.Equal(t, []model.Verdict{model.Fixed}, verdictsOf(r), scan)
		require.Contains(t, r.Line(0).Reason.String(), want)
		require.Equal(t, b.Device(0), r.Line(0).Device.Identifiers)
	}
}

func TestIMEIWithASoftwareVersionBehindItIsRead(t *testing.T) {
	b := NewBench(OnePerScan)
	said := b.Scan("351921580053066/01")
	require.True(t, said.Fixed)
	require.Contains(t, said.Reason.String(), "software version")
	require.Equal(t, dualA1, reviewBench(t, b).Line(0).Device.IMEI1)
}

func TestCartonCodeSurvivesACrash(t *testing.T) {
	path := t.TempDir() + "/scan.journal"
	s, err := StartScan(path, OnePerBox)
	require.NoError(t, err)
	lines, err := os.ReadFile("testdata/carton-qr.txt")
	require.NoError(t, err)
	said, err := s.Scan(string(lines))
	require.NoError(t, err)
	require.Equal(t, 2, said.Boxes)
	again, err := ResumeScan(path)
	require.NoError(t, err)
	require.Equal(t, s.Text(), again.Text())
	require.NoError(t, s.Close())
	require.NoError(t, again.Discard())
}
