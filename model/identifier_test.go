package model

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestIdentifiersAsTheDomainSays(t *testing.T) {
	for raw, want := range map[string]Reading{
		// IMEI (domain §2)
		"351921580053066":   {IMEI, "351921580053066", OK, NoReason},
		"490154203237518":   {IMEI, "490154203237518", OK, NoReason},
		"356938035643809":   {IMEI, "356938035643809", OK, NoReason},
		"356938035643810":   {IMEI, "356938035643810", Warning, WrongCheckDigit},
		"35692158005306":    {IMEI, "356921580053066"[:14] + string(LuhnDigit("35692158005306")), Fixed, CheckDigitAdded},
		"35693803564380":    {IMEI, "356938035643809", Fixed, CheckDigitAdded},
		"3569380356438001":  {IMEI, "356938035643809", Fixed, SoftwareVersionReplaced},
		"000000000000000":   {Verdict: Rejected, Reason: RepeatedDigit},
		"111111111111111":   {Verdict: Rejected, Reason: RepeatedDigit},
		"00000000000000":    {Verdict: Rejected, Reason: RepeatedDigit},
		"35693803564380X":   {Verdict: Rejected, Reason: HasLetters},
		"3569380356":        {Verdict: Rejected, Reason: WrongLength},
		"35693803564380912": {Verdict: Rejected, Reason: WrongLength},
		// as people and spreadsheets write it
		" 35-693803-564380-9 ":        {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"35 693803 564380 9":          {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"35/693803/564380/9":          {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"35.693803.564380.9":          {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"'356938035643809":            {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		`"356938035643809"`:           {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		`="356938035643809"`:          {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"356938035643809.0":           {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"356938035643809\u00a0":       {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"\u200b356938035643809\ufeff": {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"３５６９３８０３５６４３８０９":             {IMEI, "356938035643809", Fixed, SeparatorsRemoved},
		"356938035643810.0":           {IMEI, "356938035643810", Warning, WrongCheckDigit},
		// MEID
		"A10000009296F2":      {MEID, "A10000009296F2", OK, NoReason},
		"270113177609606898":  {MEID, "A10000009296F2", OK, NoReason},
		"293608736500703710":  {MEID, "AF0123450ABCDE", OK, NoReason},
		"A10000009296F2F":     {MEID, "A10000009296F2", Fixed, MEIDCheckDigitDropped},
		"AF0123450ABCDEC":     {MEID, "AF0123450ABCDE", Fixed, MEIDCheckDigitDropped},
		"AF0123450ABCDE1":     {MEID, "AF0123450ABCDE", Warning, WrongMEIDCheckDigit},
		"2936087365007037100": {MEID, "AF0123450ABCDE", Fixed, MEIDCheckDigitDropped},
		"2936087365007037101": {MEID, "AF0123450ABCDE", Warning, WrongMEIDCheckDigit},
		"1936087365007037100": {Verdict: Rejected, Reason: WrongLength},
		"a10000009296f2":      {MEID, "A10000009296F2", Fixed, UpperCased},
		"999999999999999999":  {Verdict: Rejected, Reason: MEIDOutOfRange},
		"000000000000000001":  {Verdict: Rejected, Reason: MEIDOutOfRange},
		"270113177699999999":  {Verdict: Rejected, Reason: MEIDOutOfRange},
		// serial number
		"R58M123ABCD":           {SerialNumber, "R58M123ABCD", OK, NoReason},
		"r58m123abcd":           {SerialNumber, "R58M123ABCD", Fixed, UpperCased},
		"R58M-123-ABCD":         {SerialNumber, "R58M123ABCD", Fixed, SeparatorsRemoved},
		"X58M123ABCD":           {SerialNumber, "X58M123ABCD", Warning, UnusualSerial},
		"AB12CD34":              {SerialNumber, "AB12CD34", Warning, UnusualSerial},
		"AB12CD3":               {Verdict: Rejected, Reason: NotAnIdentifier},
		"ABCDEFGHIJ1234567890X": {Verdict: Rejected, Reason: NotAnIdentifier},
		"R58M123ÄBCD":           {Verdict: Rejected, Reason: NotAnIdentifier},
		// what else is on the box or in the cell
		"8949022812345678901":  {Verdict: Rejected, Reason: IsICCID},
		"89490228123456789012": {Verdict: Rejected, Reason: IsICCID},
		"8806094567896":        {Verdict: Rejected, Reason: IsEAN},
		"3.51826E+14":          {Verdict: Rejected, Reason: DigitsDestroyed},
		"3,51826E+14":          {Verdict: Rejected, Reason: DigitsDestroyed},
		"=A1+1":                {Verdict: Rejected, Reason: IsFormula},
		"":                     {Verdict: Rejected, Reason: Empty},
		" \t ":                 {Verdict: Rejected, Reason: Empty},
		"-":                    {Verdict: Rejected, Reason: Empty},
		"hello world!":         {Verdict: Rejected, Reason: NotAnIdentifier},
	} {
		t.Run(raw, func(t *testing.T) { require.Equal(t, want, ReadIdentifier(raw, AnyIdentifier)) })
	}
}

func TestAColumnNarrowsWhatACellMayBe(t *testing.T) {
	for _, c := range []struct {
		raw  string
		want IdentifierKind
		is   Reading
	}{
		{"A10000009296F2", IMEI, Reading{MEID, "A10000009296F2", OK, NoReason}},
		{"R58M123ABCD", IMEI, Reading{Verdict: Rejected, Reason: HasLetters}},
		{"R58M123ABCD", MEID, Reading{Verdict: Rejected, Reason: NotAnIdentifier}},
		{"356938035643809", MEID, Reading{Verdict: Rejected, Reason: MEIDOutOfRange}},
		{"356938035643809", SerialNumber, Reading{SerialNumber, "356938035643809", Warning, MaybeIMEI}},
		{"8949022812345678901", SerialNumber, Reading{Verdict: Rejected, Reason: IsICCID}},
	} {
		t.Run(c.raw+" as "+c.want.String(), func(t *testing.T) { require.Equal(t, c.is, ReadIdentifier(c.raw, c.want)) })
	}
}

func TestLuhnDigitFindsEveryWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		imei := rapid.StringMatching(`[0-9]{14}`).Draw(t, "first 14")
		full := imei + string(LuhnDigit(imei))
		place := rapid.IntRange(0, 14).Draw(t, "place")
		wrong := []byte(full)
		wrong[place] = '0' + (wrong[place]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		require.NotEqual(t, wrong[14], LuhnDigit(string(wrong[:14])))
	})
}

func TestMEIDReadsTheSameFromBothForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		meid := rapid.StringMatching(`[A-F][0-9A-F]{13}`).Draw(t, "MEID")
		require.Equal(t, Reading{MEID, meid, OK, NoReason}, ReadIdentifier(meid, AnyIdentifier))
		require.Equal(t, Reading{MEID, meid, Fixed, MEIDCheckDigitDropped}, ReadIdentifier(meid+string(MEIDCheckDigit(meid)), AnyIdentifier))
	})
}

// normalised holds what every reading promises: a rejected value is empty and has a reason; another one, read again as
// what it is, stays the same, and is OK unless it needed a person's confirmation.
func normalised(t require.TestingT, r Reading) {
	if r.Verdict == Rejected {
		require.Empty(t, r.Value)
		require.NotEqual(t, NoReason, r.Reason)
		return
	}
	require.NotEmpty(t, r.Value)
	again := ReadIdentifier(r.Value, r.Kind)
	require.Equal(t, r.Value, again.Value)
	require.Equal(t, r.Kind, again.Kind)
	if r.Verdict == OK || r.Verdict == Fixed {
		require.Equal(t, OK, again.Verdict, "%+v again %+v", r, again)
	}
	if r.Verdict == OK {
		require.Equal(t, NoReason, r.Reason)
	}
}

func TestANormalisedIdentifierReadsAsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringMatching(`['" ]?[0-9A-Fa-fRrXx./ -]{7,22}(\.0)?`).Draw(t, "raw")
		normalised(t, ReadIdentifier(raw, one(t)))
	})
}

func one(t *rapid.T) IdentifierKind {
	return rapid.SampledFrom([]IdentifierKind{AnyIdentifier, IMEI, MEID, SerialNumber}).Draw(t, "want")
}

func FuzzReadIdentifier(f *testing.F) {
	for _, raw := range []string{"351921580053066", "35-692158-005306-6", "A10000009296F2", "270113177609606898", "r58m123abcd", "3.5E+14",
		"８９", "=\"1\"", "\xff"} {
		for want := range uint8(4) {
			f.Add(raw, want)
		}
	}
	f.Fuzz(func(t *testing.T, raw string, want uint8) {
		r := ReadIdentifier(raw, IdentifierKind(want%4))
		normalised(t, r)
		require.True(t, utf8.ValidString(r.Value))
		require.Equal(t, strings.ToUpper(r.Value), r.Value)
		require.NotPanics(t, func() { _ = r.Reason.Text() })
	})
}
