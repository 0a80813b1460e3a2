package model

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKnoxIDs(t *testing.T) {
	for raw, want := range map[string]struct {
		id      string
		unusual bool
		code    Code
	}{
		"4680000925":          {id: "4680000925"},
		"197962130":           {id: "197962130"},
		" 4680-000 925\u200b": {id: "4680000925"},
		"0000000001":          {id: "0000000001"},
		"12345678":            {id: "12345678", unusual: true},
		"12345678901":         {id: "12345678901", unusual: true},
		"46800O0925":          {code: Invalid},
		"":                    {code: Invalid},
		" - ":                 {code: Invalid},
	} {
		t.Run(raw, func(t *testing.T) {
			id, unusual, err := ReadKnoxID(raw)
			require.Equal(t, want.code, CodeOf(err))
			require.Equal(t, want.id, id)
			require.Equal(t, want.unusual, unusual)
		})
	}
}

func TestAccountIsCheckedAndNormalised(t *testing.T) {
	good := Account{Kind: Reseller, KnoxID: " 46-80000925", CompanyName: " Northwind ", Country: "de"}
	require.NoError(t, good.Check())
	require.Equal(t, Account{Kind: Reseller, KnoxID: "4680000925", CompanyName: "Northwind", Country: "DE"}, good)
	for name, bad := range map[string]Account{
		"no kind":           {KnoxID: "4680000925", CompanyName: "x"},
		"no name":           {Kind: MSP, KnoxID: "4680000925", CompanyName: " "},
		"a letter":          {Kind: MSP, KnoxID: "468000092X", CompanyName: "x"},
		"a country by name": {Kind: MSP, KnoxID: "4680000925", CompanyName: "x", Country: "Germany"},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, Invalid, CodeOf(bad.Check())) })
	}
}

func TestFieldsOfAnUpload(t *testing.T) {
	upload := func(change func(*NewUpload)) error {
		u := NewUpload{TargetID: 1, OrderNumber: "PO2026", SoldToCode: "12345-789", Tags: []string{"one"}}
		change(&u)
		return u.Check()
	}
	require.NoError(t, upload(func(*NewUpload) {}))
	require.NoError(t, upload(func(u *NewUpload) { u.OrderNumber, u.SoldToCode, u.Tags = "", "", nil }))
	require.NoError(t, upload(func(u *NewUpload) { u.OrderNumber = "PO-2026/118 Größe" }), "as the office writes it")
	require.NoError(t, upload(func(u *NewUpload) { u.OrderNumber, u.SoldToCode = " PO1 ", " 1234567 " }), "blanks around")
	require.NoError(t, upload(func(u *NewUpload) { u.Tags = strings.Split(strings.Repeat("x,", 19)+"x", ",") }), "20 tags")
	require.NoError(t, upload(func(u *NewUpload) { u.Tags = []string{strings.Repeat("ä", LongestTag)} }), "50 characters, not bytes")
	for name, change := range map[string]func(*NewUpload){
		"no target":                  func(u *NewUpload) { u.TargetID = 0 },
		"an order number with a tab": func(u *NewUpload) { u.OrderNumber = "PO\t1" },
		"a long order number":        func(u *NewUpload) { u.OrderNumber = strings.Repeat("1", LongestOrderNum+1) },
		"a sold-to-code of 6":        func(u *NewUpload) { u.SoldToCode = "123456" },
		"a sold-to-code of 11":       func(u *NewUpload) { u.SoldToCode = "12345678901" },
		"a sold-to-code with a dot":  func(u *NewUpload) { u.SoldToCode = "1234.678" },
		"21 tags":                    func(u *NewUpload) { u.Tags = strings.Split(strings.Repeat("x,", 20)+"x", ",") },
		"a long tag":                 func(u *NewUpload) { u.Tags = []string{strings.Repeat("x", LongestTag+1)} },
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, Invalid, CodeOf(upload(change))) })
	}
}

func TestTagsAsPeopleTypeThem(t *testing.T) {
	require.Equal(t, []string{"sale", "blue box", "2026"}, ReadTags(" sale, blue box;sale\n2026,, "))
	require.Empty(t, ReadTags(" ,;\n"))
}

func TestWhatAManagementAllows(t *testing.T) {
	type allowed struct{ move, answer, joint, full, delink, answerDelink bool }
	for _, c := range []struct {
		how    ManagementType
		status ManagementStatus
		want   allowed
	}{
		{FullyManaged, PendingManagement, allowed{answer: true, joint: true}},
		{JointlyManaged, PendingManagement, allowed{answer: true}},
		{FullyManaged, ActiveManagement, allowed{move: true, joint: true}},    // V8
		{JointlyManaged, ActiveManagement, allowed{move: true, delink: true}}, // and never fully again
		{FullyManaged, RejectedManagement, allowed{}},
		{JointlyManaged, RejectedManagement, allowed{}},
		{JointlyManaged, DelinkRequested, allowed{answerDelink: true}},
	} {
		t.Run(c.how.String()+" "+c.status.String(), func(t *testing.T) {
			m := Management{CompanyName: "Contoso", Type: c.how, Status: c.status}
			require.Equal(t, c.want, allowed{m.CanMove() == nil, m.CanAnswer() == nil, m.CanSwitchTo(JointlyManaged) == nil,
				m.CanSwitchTo(FullyManaged) == nil, m.CanDelink() == nil, m.CanAnswerDelink() == nil})
			for _, err := range []error{m.CanMove(), m.CanAnswer(), m.CanSwitchTo(FullyManaged), m.CanDelink(), m.CanAnswerDelink()} {
				if err != nil {
					require.Equal(t, Refused, CodeOf(err))
				}
			}
		})
	}
}

func TestErrorsTellPeopleASentenceAndProgramsACode(t *testing.T) {
	cause := errors.New("disk I/O error")
	err := error(Fail(Unreadable, "“{{.File}}” cannot be read.", "File", "list.csv").Because(cause))
	require.Equal(t, Unreadable, CodeOf(err))
	require.ErrorIs(t, err, cause)
	require.Equal(t, "“list.csv” cannot be read. (disk I/O error)", err.Error())
	require.Equal(t, Internal, CodeOf(cause))
	require.Empty(t, CodeOf(nil))
}

func TestRegisteredNeverShowsAnotherResellersCustomer(t *testing.T) {
	r := Registered{Identifier: "356938035643809", ResellerID: 1, Reseller: "Northwind", CustomerID: 7, Customer: "Contoso", UploadUUID: "u-1"}
	require.Contains(t, r.Text(1, 7).String(), "uploaded by the same reseller to the same customer, Contoso")
	require.Contains(t, r.Text(1, 8).String(), "uploaded by the same reseller to a different customer, Contoso")
	for _, secret := range []string{"Contoso", "Northwind", "u-1"} {
		require.NotContains(t, r.Text(2, 7).String(), secret, "V12")
	}
}

func TestEveryWordOfTheFieldHasItsName(t *testing.T) {
	for _, s := range Services {
		require.NotEqual(t, string(s), s.String())
	}
	seen := map[string]bool{}
	for _, e := range Events {
		require.False(t, seen[e.String()], e)
		seen[e.String()] = true
	}
	for r := SeparatorsRemoved; r <= Empty; r++ {
		require.NotEmpty(t, r.Text().Template, r)
	}
	require.Equal(t, "Upload approved", UploadApproved.String())
}
