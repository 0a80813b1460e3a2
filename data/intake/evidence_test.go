package intake

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/data/sheet"
	"consign/model"
)

// identifiersIn are those of the lines that a review takes.
func identifiersIn(r *Review) (taken []model.Identifiers) {
	for i := range r.Taken() {
		taken = append(taken, r.Device(i).Identifiers)
	}
	return taken
}

func TestTextThatLooksLikeAnIMEIStaysTheTextThatItsTitleNames(t *testing.T) {
	for _, title := range []string{"TAGS", "ORDER NUMBER", "MODEL"} {
		list := "IMEI/MEID,SERIAL NUMBER," + title + "\n"
		for n := range 6 {
			list += fmt.Sprintf("%s,R5X477CVW%02d,%s\n", imeiOf(n), n, imeiOf(900))
		}
		r := reviewText(t, list, Options{})
		require.Equal(t, 6, r.Counts().Of(model.OK), title)
		require.Equal(t, model.Identifiers{IMEI1: imeiOf(1), Serial: "R5X477CVW01"}, r.Line(1).Device.Identifiers, title)
	}
}

func TestIMEIsBelowATitleOfAnotherThingAreAskedAboutWhereNoColumnIsTitledSo(t *testing.T) {
	list := "Serial number;Order number\n"
	for n := range 6 {
		list += fmt.Sprintf("R5X477CVW%02d;%s\n", n, imeiOf(n))
	}
	r := reviewText(t, list, Options{})
	doubts := r.Layout().Doubts
	require.Len(t, doubts, 1)
	require.Equal(t, "Titled “Order number”, but it holds IMEIs.", doubts[0].Text().String())
	_, total := r.Unused()
	require.Equal(t, 6, total)
}

// zeroFirst makes n IMEIs that begin with 0 and are, without it, the GTIN of a carton or not.
func zeroFirst(n int, carton bool) (imeis []string) {
	for i := 0; len(imeis) < n; i++ {
		first := fmt.Sprintf("01397100%06d", i)
		if imei := first + string(model.LuhnDigit(first)); (model.ReadIdentifier(imei[1:], model.IMEI).Reason == model.IsGTIN) == carton {
			imeis = append(imeis, imei)
		}
	}
	return imeis
}

func TestZeroThatASpreadsheetHasDroppedIsAddedAndTold(t *testing.T) {
	imeis := append(zeroFirst(4, true), zeroFirst(4, false)...)
	for _, title := range []string{"IMEI", ""} {
		book := excelize.NewFile()
		row := 1
		if title != "" {
			require.NoError(t, book.SetSheetRow("Sheet1", "A1", &[]any{title, "Model"}))
			row++
		}
		for i, imei := range imeis {
			require.NoError(t, book.SetSheetRow("Sheet1", fmt.Sprint("A", row+i), &[]any{int(imeiNumber(imei)), "SM-A556B"}))
		}
		path := filepath.Join(t.TempDir(), "list.xlsx")
		require.NoError(t, book.SaveAs(path))
		r := reviewPath(t, path, Options{})
		require.Equal(t, len(imeis), r.Len())
		for i, imei := range imeis {
			l := r.Line(i)
			require.Equal(t, Reason(model.LeadingZeroAdded).Text(), l.Reason, "%q %v", title, l.Cells)
			require.Equal(t, imei, l.Device.IMEI1)
		}
	}
}

func TestCodeOfACartonInATextIsNoIMEIWithoutItsZero(t *testing.T) {
	carton := zeroFirst(1, true)[0][1:]
	r := reviewText(t, "IMEI;Model\n"+imeiOf(1)+";SM-A556B\n"+carton+";SM-A556B\n", Options{})
	require.Equal(t, Reason(model.IsGTIN).Text(), r.Line(1).Reason)
}

func TestTwoUnlikeIMEIsAloneAreAsked(t *testing.T) {
	for _, list := range []string{
		"351921580053066;490154203237518\n",
		"351921580053066 490154203237518\n", "351921580053066\t490154203237518", "351921580053066/490154203237518\n",
		"351921580053066, 490154203237518\n", "IMEI: 351921580053066, 490154203237518\n",
	} {
		r := reviewText(t, list, Options{})
		require.Equal(t, 1, r.Counts().Of(model.Warning), "%q: %v", list, verdictsOf(r))
		require.Equal(t, TwoIMEIs.Text(), r.Line(0).Reason, list)
	}
	for list, want := range map[string]Reason{
		"351921580053066\n490154203237518\n": TwoIMEIs, "351921580053066\n\n490154203237518\n": 0, "IMEI\n351921580053066\n490154203237518\n": 0,
		"351921580053066\n490154203237518\n356938035643809\n": 0,
	} {
		r := reviewText(t, list, Options{})
		require.Equal(t, want, r.Layout().Question(), list)
		require.Zero(t, r.Counts().Of(model.Warning), list)
	}
}

func TestTwoIMEIsOnTwoLinesCanBeTakenAsOneDeviceOrTwo(t *testing.T) {
	const list = "351921580053066\n490154203237518\n"
	r := reviewText(t, list, Options{})
	require.True(t, r.Layout().Apart())
	r = reviewText(t, list, Options{})
	two := reviewAs(t, list, r.Layout().Settled())
	require.Equal(t, []model.Identifiers{{IMEI1: "351921580053066"}, {IMEI1: "490154203237518"}}, identifiersIn(two))
	one := reviewAs(t, list, RecogniseAs(Sample{Lines: []int{1, 2}, Rows: [][]string{{"351921580053066"}, {"490154203237518"}}}, Labels))
	require.Equal(t, []model.Identifiers{{IMEI1: "351921580053066", IMEI2: "490154203237518"}}, identifiersIn(one))
}

func TestNumbersOfParcelsAndAssetsAreNoIdentifiers(t *testing.T) {
	for title, number := range map[string]string{
		"Tracking": "350123456789%02d", "Sendungsnr.": "010123456789%02d", "Colis": "350123456789%02d", "": "350123456789%02d",
		"Asset tag": "R00000012%02d", "Rechnungsnr.": "RG202612%03d", "Inventarnr.": "R00000012%02d", "資産番号": "R00000012%02d",
	} {
		list := "IMEI;" + title + ";Model\n"
		for n := range 5 {
			list += imeiOf(n) + ";" + fmt.Sprintf(number, n) + ";SM-A556B\n"
		}
		r := reviewText(t, list, Options{})
		require.Equal(t, 5, r.Counts().Of(model.OK), title)
		for _, ids := range identifiersIn(r) {
			require.Equal(t, model.Identifiers{IMEI1: ids.IMEI1}, ids, title)
		}
	}
}

// reviewAs reads a text by a layout.
func reviewAs(t *testing.T, list string, layout Layout) *Review {
	t.Helper()
	file, err := sheet.FromText(list)
	require.NoError(t, err)
	r := NewReview(Options{Layout: layout})
	require.NoError(t, r.Read(t.Context(), file, 0))
	return r
}

func TestCardOfOneDeviceThatNumbersOtherThings(t *testing.T) {
	r := reviewText(t, "TAC,35192158\nIMEI,351921580053066\nAsset tag,R0000001200\nDescription,Galaxy A55\nContract no.,2497471460\n",
		Options{})
	require.Equal(t, []model.Identifiers{{IMEI1: "351921580053066"}}, identifiersIn(r))
}

func TestWordsBeforeAnIMEIAreNoBankAccount(t *testing.T) {
	require.Len(t, sweep("2026/11/20  YS9203313583 35011947-411296-2   R35E5WNE7FM"), 2)
	require.Empty(t, sweep("IBAN DE02 1203 0000 0000 2020 51"))
}

func TestTransposedTableIsNotSeenInCompanyNames(t *testing.T) {
	r := reviewText(t, "IMEI Ltd.|351921580053066|R5X477CVWFC\nContoso|490154203237518|R5V7ZE25Y4F\n", Options{})
	require.Equal(t, Table, r.Layout().Shape)
	require.Equal(t, model.Identifiers{IMEI1: "490154203237518", Serial: "R5V7ZE25Y4F"}, r.Line(1).Device.Identifiers)
}

func TestTitleOfBothIMEIsNamesTheFirstAndTheSecond(t *testing.T) {
	for title, second := range map[string]bool{"IMEI 1/2": false, "IMEI 2": true, "IMEI eSIM": true, "IMEI (2nd)": true, "Neben-IMEI": true,
		"I.M.E.I.": false} {
		require.Equal(t, second, readTitle(title).second, title)
	}
}

func TestTitlesAbovePartsOfAnIMEIAreReadWhole(t *testing.T) {
	r := reviewText(t, "Nr  2e IMEI              GB    IMEI toestel\n1   35 882411 472486 8   128   35 882411 472485 0\n"+
		"2   35 011947 294167 7   256   35 011947 294166 9\n", Options{})
	require.Equal(t, model.Identifiers{IMEI1: "358824114724850", IMEI2: "358824114724868"}, r.Line(1).Device.Identifiers)
}

func TestWordOfATotalIsNoEvidenceAgainstAColumn(t *testing.T) {
	r := reviewText(t, "I.M.E.I.|IMEI 2 (eSIM)\n350119477145928|350119487145926\n350119479761128|350119489761126\n합계|2\n", Options{})
	require.Equal(t, model.Identifiers{IMEI1: "350119477145928", IMEI2: "350119487145926"}, r.Line(0).Device.Identifiers)
}

func TestNumberOfAnItemIsNoDigitOfItsIMEI(t *testing.T) {
	found := sweep("#5 35192158 666080 7 시리얼 R24M5R88QHN")
	require.Len(t, found, 2)
	require.Equal(t, "351921586660807", found[0].value)
}

func TestOrderNumberInATextIsNoSerialNumber(t *testing.T) {
	r := reviewText(t, "Qty  IMEI nr. 1          Order no.\n1    01397100-076288-7   R5372597223\n1    35750331-053222-3   R5372597223\n"+
		"1    86543210-876970-3   R5372597223\n", Options{})
	require.Len(t, identifiersIn(r), 3)
	require.Equal(t, model.Identifiers{IMEI1: "357503310532223"}, identifiersIn(r)[1])
}
