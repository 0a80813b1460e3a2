package intake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
)

// TestFaultsOfLists has a list for every fault. want gives the verdicts of the lines behind the header; reason is
// part of what the last line says, device its identifiers.
func TestFaultsOfLists(t *testing.T) {
	const (
		ok, fixed, warning, again, rejected, skipped = model.OK, model.Fixed, model.Warning, model.DuplicateInFile, model.Rejected, model.Skipped
	)
	type verdicts []model.Verdict
	for _, c := range []struct {
		name, list string
		want       verdicts
		reason     string
		device     model.Identifiers
	}{
		{"no-break space inside of an IMEI", "IMEI\n351921\u00a0580053066\n", verdicts{fixed}, "blanks",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"dashes as on the box", "IMEI\n35-192158-005306-6\n", verdicts{fixed}, "Separators", model.Identifiers{IMEI1: "351921580053066"}},
		{"slashes of the old notation", "IMEI\n351921/58/005306/6\n", verdicts{fixed}, "Separators", model.Identifiers{IMEI1: "351921580053066"}},
		{"zero-width space of a web page", "IMEI\n\u200b351921580053066\u200b\n", verdicts{fixed}, "removed",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"apostrophe of a spreadsheet", "IMEI\n'351921580053066\n", verdicts{fixed}, "quotes", model.Identifiers{IMEI1: "351921580053066"}},
		{"decimal of a database export", "IMEI\n351921580053066.0\n", verdicts{fixed}, "removed", model.Identifiers{IMEI1: "351921580053066"}},
		{"formula that only keeps a text", "IMEI\n\"=\"\"351921580053066\"\"\"\n", verdicts{fixed}, "removed",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"full-width digits of a Japanese keyboard", "IMEI\n３５１９２１５８００５３０６６\n", verdicts{fixed}, "removed",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"fourteen digits that begin as no IMEI does", "IMEI\n20928001234567\n", verdicts{rejected}, "none begins", model.Identifiers{}},
		{"a zero in front that a spreadsheet dropped", "IMEI\n13007001234566\n", verdicts{warning}, "dropped a zero",
			model.Identifiers{IMEI1: "013007001234566"}},
		{"check digit missing", "IMEI\n35192158005306\n", verdicts{fixed}, "check digit was added", model.Identifiers{IMEI1: "351921580053066"}},
		{"software version instead of check digit", "IMEI\n3519215800530612\n", verdicts{fixed}, "IMEISV",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"two digits changed places", "IMEI\n351921580053606\n", verdicts{warning}, "check digit", model.Identifiers{IMEI1: "351921580053606"}},
		{"scientific notation", "IMEI\n3.51922E+14\n", verdicts{rejected}, "destroyed", model.Identifiers{}},
		{"scientific notation with a decimal comma", "IMEI;Model\n3,51922E+14;S24\n", verdicts{rejected}, "destroyed", model.Identifiers{}},
		{"one digit too few", "IMEI\n3519215800530\n", verdicts{rejected}, "15 digits", model.Identifiers{}},
		{"one letter O for a zero", "IMEI\n35192158OO53066\n", verdicts{rejected}, "letter", model.Identifiers{}},
		{"all zeros", "IMEI\n000000000000000\n", verdicts{rejected}, "over and over", model.Identifiers{}},
		{"one digit repeated", "IMEI\n111111111111111\n", verdicts{rejected}, "over and over", model.Identifiers{}},
		{"number of a SIM card", "IMEI\n8949020000012345678\n", verdicts{rejected}, "ICCID", model.Identifiers{}},
		{"number of the article", "IMEI\n4006381333931\n", verdicts{rejected}, "EAN", model.Identifiers{}},
		{"MEID below the range", "MEID\n90000009296F2A\n", verdicts{rejected}, "range", model.Identifiers{}},
		{"MEID in small letters", "MEID\na10000009296f2\n", verdicts{fixed}, "capitals", model.Identifiers{MEID: "A10000009296F2"}},
		{"MEID with its check digit", "MEID\nAF0123450ABCDEC\n", verdicts{fixed}, "dropped", model.Identifiers{MEID: "AF0123450ABCDE"}},
		{"decimal and hexadecimal form of one MEID", "IMEI/MEID\nAF0123450ABCDE\n293608736500703710\n", verdicts{ok, again}, "line 2",
			model.Identifiers{MEID: "AF0123450ABCDE"}},
		{"serial number in small letters", "S/N\nr5x477cvwfc\n", verdicts{fixed}, "capitals", model.Identifiers{Serial: "R5X477CVWFC"}},
		{"serial number of another maker", "S/N\nC39ABCDEFGHJ\n", verdicts{warning}, "usual", model.Identifiers{Serial: "C39ABCDEFGHJ"}},
		{"serial number cut short", "S/N\nR5X47\n", verdicts{rejected}, "identifier", model.Identifiers{}},
		{"the second IMEI repeats the first", "IMEI1,IMEI2\n351921580053066,351921580053066\n", verdicts{fixed}, "Both IMEIs",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"second IMEI is the first of another line", "IMEI1,IMEI2\n351921580053066,490154203237518\n490154203237518,\n", verdicts{ok, again},
			"line 2", model.Identifiers{IMEI1: "490154203237518"}},
		{"same serial number with another IMEI", "IMEI,S/N\n351921580053066,R5X477CVWFC\n490154203237518,R5X477CVWFC\n", verdicts{ok, again},
			"line 2", model.Identifiers{IMEI1: "490154203237518", Serial: "R5X477CVWFC"}},
		{"only the second IMEI column is filled", "IMEI1,IMEI2\n,351921580053066\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"IMEI 2 stands before IMEI 1", "IMEI 2,IMEI 1\n490154203237518,351921580053066\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518"}},
		{"good IMEI beside a bad one", "IMEI1,IMEI2\n351921580053066,49015420323\n", verdicts{rejected}, "15 digits",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"n/a in the column of the second IMEI", "IMEI1,IMEI2\n351921580053066,n/a\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"dash for no serial number", "IMEI,Serial\n351921580053066,-\n", verdicts{ok}, "", model.Identifiers{IMEI1: "351921580053066"}},
		{"two IMEIs in one cell", "IMEI\n351921580053066 / 490154203237518\n", verdicts{fixed}, "told apart",
			model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518"}},
		{"three IMEIs in one cell", "IMEI\n351921580053066/490154203237518/356938035643809\n", verdicts{rejected}, "15 digits",
			model.Identifiers{}},
		{"IMEI and serial number in one cell", "Device IMEI/serial number\n351921580053066 R5X477CVWFC\n", verdicts{fixed}, "told apart",
			model.Identifiers{IMEI1: "351921580053066", Serial: "R5X477CVWFC"}},
		{"name of the identifier in the cell", "IMEI\nIMEI: 351921580053066\n", verdicts{fixed}, "name before",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"mail around the list", "Hello, please enrol:\nIMEI 1: 351921580053066\nMany thanks, Eva.\n", verdicts{skipped, fixed, skipped},
			"comment", model.Identifiers{}},
		{"formula that would run a program", "IMEI\n=cmd|' /C calc'!A0\n", verdicts{rejected}, "formula", model.Identifiers{}},
		{"blank line between devices", "IMEI\n351921580053066\n\n490154203237518\n", verdicts{ok, skipped, ok}, "",
			model.Identifiers{IMEI1: "490154203237518"}},
		{"blank lines at the end are nothing", "IMEI\n351921580053066\n\n\n,\n", verdicts{ok}, "", model.Identifiers{IMEI1: "351921580053066"}},
		{"comment lines", "IMEI\n# pallet 1\n351921580053066\n// pallet 2\n", verdicts{skipped, ok, skipped}, "comment", model.Identifiers{}},
		{"header again on the second page", "IMEI,Model\n351921580053066,S24\nIMEI,Model\n", verdicts{ok, skipped}, "header",
			model.Identifiers{}},
		{"title between the pallets", "Model,IMEI\nPallet 2,\nS24,351921580053066\n", verdicts{skipped, ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"totals below the list", "Model,IMEI,Qty\nS24,351921580053066,1\nTotal,,1\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"German totals in the IMEI column", "IMEI;Menge\n351921580053066;1\nSumme: 1;1\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"device without an identifier", "Model,IMEI,Qty\nS24,,1\n", verdicts{rejected}, "No identifier", model.Identifiers{}},
		{"titles above the header", "Delivery note 17\nNorthwind GmbH, Berlin\n\nModel,IMEI\nS24,351921580053066\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"more cells than columns", "IMEI,Model\n351921580053066,S24,extra,cells\n", verdicts{ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"fewer cells than columns", "Model,Order,IMEI\n351921580053066\n", verdicts{skipped}, "title", model.Identifiers{}},
		{"no header, serial numbers beside the IMEIs", "351921580053066;R5X477CVWFC\n490154203237518;R5V7ZE25Y4F\n", verdicts{ok, ok}, "",
			model.Identifiers{IMEI1: "490154203237518", Serial: "R5V7ZE25Y4F"}},
		{"no header, IMEIs and serial numbers in one column", "351921580053066\n490154203237518\nR5X477CVWFC\nR5V7ZE25Y4F\n",
			verdicts{ok, ok, ok, ok}, "", model.Identifiers{Serial: "R5V7ZE25Y4F"}},
		{"no header, two columns of IMEIs that may be of two phones", "351921580053066\t490154203237518\n356938035643809\t\n",
			verdicts{warning, ok}, "", model.Identifiers{IMEI1: "356938035643809"}},
		{"unknown title above IMEIs", "Nummer des Geräts,Farbe\n351921580053066,rot\n", verdicts{skipped, ok}, "",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"three devices, the first damaged, repeated", "IMEI\n35192158005306X\n351921580053066\n351921580053066\n", verdicts{rejected, ok, again},
			"line 3", model.Identifiers{IMEI1: "351921580053066"}},
		{"control character of a scanner gun", "IMEI\n\x1d351921580053066\n", verdicts{fixed}, "removed",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"unbalanced quotation mark", "IMEI,Model\n\"351921580053066,S24\n490154203237518,S24\n", verdicts{fixed, ok}, "",
			model.Identifiers{IMEI1: "490154203237518"}},
		{"thousands of empty columns", "IMEI" + strings.Repeat(",", 9000) + "\n351921580053066" + strings.Repeat(",", 9000) + "\n", verdicts{ok},
			"", model.Identifiers{IMEI1: "351921580053066"}},
		{"serial number in the IMEI column", "IMEI,S/N\nR5X477CVWFC,\n", verdicts{fixed}, "Another kind",
			model.Identifiers{Serial: "R5X477CVWFC"}},
		{"IMEI in the column of serial numbers", "IMEI,S/N\n,351921580053066\n", verdicts{fixed}, "Another kind",
			model.Identifiers{IMEI1: "351921580053066"}},
		{"IMEI with a wrong digit in the column of serial numbers", "IMEI,S/N\n351921580053066,356938035643810\n", verdicts{warning},
			"an IMEI with a wrong digit?", model.Identifiers{IMEI1: "351921580053066", Serial: "356938035643810"}},
		{"column of words with IMEI in its name", "IMEI,IMEI status\n351921580053066,delivered\n490154203237518,lost\n", verdicts{ok, ok}, "",
			model.Identifiers{IMEI1: "490154203237518"}},
		{"device means the model", "Device,IMEI\nGalaxy S24,351921580053066\n", verdicts{ok}, "", model.Identifiers{IMEI1: "351921580053066"}},
		{"quantity says five for one identifier", "IMEI,Qty\n351921580053066,5\n", verdicts{warning}, "quantity",
			model.Identifiers{IMEI1: "351921580053066"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := reviewText(t, c.list, Options{})
			var got verdicts
			for i := range r.Len() {
				got = append(got, r.Line(i).Verdict)
			}
			require.Equal(t, c.want, got)
			last := r.Line(r.Len() - 1)
			require.Contains(t, last.Reason.String(), c.reason)
			if last.Verdict != model.Rejected || c.device.Empty() {
				require.Equal(t, c.device, last.Device.Identifiers)
			}
		})
	}
}

func TestFaultsOfBulkLists(t *testing.T) {
	customers := Customers{"4600001586": 1, "12345": 2}
	for _, c := range []struct {
		name, customerID string
		want             model.Verdict
		reason           string
	}{
		{"known customer", "4600001586", model.OK, ""},
		{"dashes and blanks in the customer ID", "46-0000 1586", model.OK, ""},
		{"no customer ID", "", model.Rejected, "No customer ID"},
		{"letter in the customer ID", "46000O1586", model.Rejected, "digits only"},
		{"unknown customer", "4600001587", model.Rejected, "No such customer"},
		{"customer ID of unusual length", "12345", model.Warning, "unusual length"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := reviewText(t, "Customer ID;IMEI\n"+c.customerID+";351921580053066\n", Options{Bulk: true, Customers: customers})
			require.Equal(t, c.want, r.Line(0).Verdict)
			require.Contains(t, r.Line(0).Reason.String(), c.reason)
		})
	}
}

func TestTitlesOfColumnsInSixLanguages(t *testing.T) {
	for title, want := range map[string]Meaning{
		"imei": IMEI, "IMEI 1": IMEI, "IMEI-Nr.": IMEI, "Numéro IMEI": IMEI, "Número de IMEI": IMEI, "IMEI 번호": IMEI, "IMEI番号": IMEI,
		"ＩＭＥＩ": IMEI, "IMEI/MEID": IMEI, "IMEI (slot 1)": IMEI,
		"IMEI2": IMEI2, "IMEI (2)": IMEI2, "Second IMEI": IMEI2, "2. IMEI": IMEI2, "IMEI番号2": IMEI2, "IMEI 2 번호": IMEI2,
		"MEID": MEID, "MEID (hex)": MEID,
		"S/N": Serial, "Serial No.": Serial, "SERIAL_NUMBER": Serial, "Seriennummer": Serial, "Serien-Nr.": Serial, "N° de série": Serial,
		"Número de serie": Serial, "일련번호": Serial, "シリアル番号": Serial, "ｼﾘｱﾙ番号": Serial, "製造番号": Serial,
		"Device IMEI/serial number": Identifier, "IMEI oder Seriennummer": Identifier,
		"Modell": Model, "Modèle": Model, "モデル": Model, "모델명": Model, "Gerätebezeichnung": Model, "Article": Model,
		"Order number": OrderNumber, "PO #": OrderNumber, "Auftrag": OrderNumber, "Bestell-Nr.": OrderNumber, "N° de commande": OrderNumber,
		"Número de pedido": OrderNumber, "주문번호": OrderNumber, "注文番号": OrderNumber,
		"Bestelldatum": OrderDate, "注文日": OrderDate, "주문일": OrderDate, "Fecha de pedido": OrderDate,
		"Knox Customer ID": CustomerID, "Kunden-ID": CustomerID, "고객 ID": CustomerID, "顧客ID": CustomerID,
		"Menge": Quantity, "Qté": Quantity, "수량": Quantity, "数量": Quantity, "Étiquettes": Tags, "태그": Tags,
		"Failure reason": FailureReason, "351921580053066": Ignored, "IMEI list of 2026": Ignored, "Galaxy S24": Ignored,
	} {
		got, _ := meaningOf(title)
		require.Equal(t, want.String(), got.String(), title)
	}
}

func TestMeaningsSurviveBeingKept(t *testing.T) {
	for i := range meaningWords {
		text, err := Meaning(i).MarshalText()
		require.NoError(t, err)
		var m Meaning
		require.NoError(t, m.UnmarshalText(text))
		require.Equal(t, Meaning(i), m)
	}
	m := IMEI
	require.NoError(t, m.UnmarshalText([]byte("of a later version")))
	require.Equal(t, Ignored, m)
}

func TestLayoutIsRecognisedAgainByItsFingerprint(t *testing.T) {
	layout := func(text string) Layout { return reviewText(t, text, Options{}).Layout() }
	may, june := layout("May\nIMEI;Farbe\n351921580053066;rot\n"), layout("imei;FARBE\n490154203237518;blau\n")
	require.Equal(t, may.Fingerprint(), june.Fingerprint())
	require.NotEqual(t, may.Fingerprint(), layout("IMEI;Modell\n351921580053066;S24\n").Fingerprint())
	require.NotEqual(t, layout("351921580053066\n").Fingerprint(), layout("351921580053066,x\n").Fingerprint())
	require.Equal(t, []Meaning{Identifier, Model}, june.Corrected([]Meaning{Identifier, Model}).Columns)
	require.Equal(t, june.Fingerprint(), june.Corrected([]Meaning{Identifier, Model}).Fingerprint())
}

func TestTotalsAreNotModels(t *testing.T) {
	for text, want := range map[string]bool{
		"Total": true, "TOTAL:": true, "Total 50": true, "Grand total": true, "Summe: 12 Stück": true, "Gesamtmenge": true, "합계": true,
		"合計 12":            true,
		"Total Cover Case": false, "Summer edition": false, "351921580053066": false, "Sumsung S24": false,
	} {
		require.Equal(t, want, isTotal([]string{"", text}), text)
	}
	require.False(t, isTotal([]string{strings.Repeat("total ", 40)}))
}
