package intake

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
	"consign/model"
)

// drawer keeps settings in memory.
type drawer map[string]string

func (d drawer) Value(_ context.Context, name string) (string, error) { return d[name], nil }

func (d drawer) Set(_ context.Context, name, value string) error {
	d[name] = value
	return nil
}

func sampleOf(t *testing.T, text string) Sample {
	t.Helper()
	file, err := sheet.FromText(text)
	require.NoError(t, err)
	_, sample, err := Find(t.Context(), file)
	require.NoError(t, err)
	return sample
}

func TestCorrectionIsRememberedWithItsShape(t *testing.T) {
	ctx, kept := t.Context(), drawer{}
	may := sampleOf(t, "351921580053066, 490154203237518, 356938035643809\n")
	l, corrected, err := Recall(ctx, kept, may)
	require.NoError(t, err)
	require.False(t, corrected)
	require.Equal(t, OnePerIdentifier, l.Shape)

	require.NoError(t, Remember(ctx, kept, RecogniseAs(may, FreeText)))
	l, corrected, err = Recall(ctx, kept, sampleOf(t, "351801427756156, 356938031956957, 351921584823225\n"))
	require.NoError(t, err)
	require.True(t, corrected)
	require.Equal(t, FreeText, l.Shape)

	// Versions before kept the columns only.
	table := sampleOf(t, "IMEI;Text\n351921580053066;a\n")
	kept[layoutSetting(Recognise(table))] = `["IMEI","Model"]`
	l, corrected, err = Recall(ctx, kept, table)
	require.NoError(t, err)
	require.True(t, corrected)
	require.Equal(t, []Meaning{IMEI, Model}, l.Columns)
}

func TestTemplateOfADistributorIsFoundAgainAndFillsWhatTheListDoesNotSay(t *testing.T) {
	ctx, kept := t.Context(), drawer{}
	sample := sampleOf(t, "IMEI;Text\n351921580053066;a\n490154203237518;b\n")
	constants := Constants{Model: "SM-A556B", OrderNumber: "PO-7"}
	require.NoError(t, SaveTemplate(ctx, kept, NewTemplate("Northwind", Recognise(sample).Corrected([]Meaning{IMEI, Tags}), constants)))
	require.Equal(t, model.Invalid, model.CodeOf(SaveTemplate(ctx, kept, NewTemplate(" ", Recognise(sample), constants))))
	require.NoError(t, SaveTemplate(ctx, kept, NewTemplate("Other", Recognise(sampleOf(t, "351921580053066\n")), Constants{})))
	require.Equal(t, model.Exists, model.CodeOf(RenameTemplate(ctx, kept, "Other", "Northwind")))
	require.NoError(t, RenameTemplate(ctx, kept, "Northwind", "Northwind GmbH"))
	require.NoError(t, DeleteTemplate(ctx, kept, "Other"))
	list, err := Templates(ctx, kept)
	require.NoError(t, err)
	require.Len(t, list, 1)

	text, err := WriteTemplates(list)
	require.NoError(t, err)
	again, err := ReadTemplates(text)
	require.NoError(t, err)
	require.Equal(t, list, again)
	_, err = ReadTemplates([]byte("IMEI"))
	require.Equal(t, model.Damaged, model.CodeOf(err))

	june := sampleOf(t, "imei;TEXT\n351801427756156;c\n")
	require.True(t, again[0].Fits(Recognise(june)))
	l, ok := again[0].Apply(june)
	require.True(t, ok)
	file, err := sheet.FromText("imei;TEXT\n351801427756156;c\n")
	require.NoError(t, err)
	r := NewReview(Options{Layout: l, Constants: again[0].Constants})
	require.NoError(t, r.Read(ctx, file, 0))
	require.Equal(t, "SM-A556B", r.Line(0).Device.Model)
	require.Equal(t, "PO-7", r.Line(0).Device.OrderNumber)
	require.Equal(t, "c", r.Line(0).Tags)
}

func TestAccountsOfAListAreLaidBesideTheRegister(t *testing.T) {
	lines := func() []AccountLine {
		file, err := sheet.FromText("Company name;Customer ID;Type;Country\nContoso;4600001586;Customer;DE\nFabrikam;4600001587;Customer;DE\n" +
			"Tailspin;4600001588;MSP;\nNew;4600001589;Customer;DE\n")
		require.NoError(t, err)
		lines, err := ReadAccounts(t.Context(), file)
		require.NoError(t, err)
		return lines
	}()
	CompareAccounts(lines, []model.Account{
		{Kind: model.Customer, KnoxID: "4600001586", CompanyName: "Contoso", Country: "DE"},
		{Kind: model.Customer, KnoxID: "4600001587", CompanyName: "Fabrikam GmbH", Country: "DE"},
		{Kind: model.Customer, KnoxID: "4600001588", CompanyName: "Tailspin", Country: "DE"},
	})
	var changes []AccountChange
	for _, l := range lines {
		changes = append(changes, l.Change)
	}
	require.Equal(t, []AccountChange{SameAccount, ChangedAccount, OtherKind, NewAccount}, changes)
	require.Equal(t, []model.Verdict{model.OK, model.Warning, model.Warning, model.OK},
		[]model.Verdict{lines[0].Verdict, lines[1].Verdict, lines[2].Verdict, lines[3].Verdict})
	require.Contains(t, lines[1].Reason.String(), "Fabrikam GmbH")
}

func TestAnswerAboutTwoIMEIsAloneIsOfNoOtherList(t *testing.T) {
	ctx, kept := t.Context(), drawer{}
	two := sampleOf(t, "351921580053066\n490154203237518\n")
	one := RecogniseAs(two, Labels)
	require.Zero(t, one.Question())
	require.NoError(t, Remember(ctx, kept, one))
	l, _, err := Recall(ctx, kept, sampleOf(t, "356938035643809\n351921580053066\n"))
	require.NoError(t, err)
	require.Equal(t, Table, l.Shape)
	require.Equal(t, TwoIMEIs, l.Question())
	require.NoError(t, Remember(ctx, kept, Recognise(two).Settled()))
	l, _, err = Recall(ctx, kept, sampleOf(t, "356938035643809\n351921580053066\n"))
	require.NoError(t, err)
	require.Equal(t, TwoIMEIs, l.Question())
}
