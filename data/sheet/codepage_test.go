package sheet

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func TestListsOfOtherCodePagesAreReadable(t *testing.T) {
	for name, c := range map[string]struct {
		page        encoding.Encoding
		title, cell string
	}{
		"Polish":     {charmap.Windows1250, "Urządzenie", "Łódź – smartfon służbowy"},
		"Czech":      {charmap.Windows1250, "Zařízení", "Příliš žluťoučký kůň"},
		"Hungarian":  {charmap.Windows1250, "Készülék", "Szép őszi fűzöld készülék"},
		"Turkish":    {charmap.Windows1254, "Cihaz adı", "Şirket telefonu değişim"},
		"Russian":    {charmap.Windows1251, "Устройство", "Телефон рабочий"},
		"Korean":     {korean.EUCKR, "단말기", "회사 휴대전화"},
		"Chinese":    {simplifiedchinese.GB18030, "设备", "公司手机设备"},
		"of Taiwan":  {traditionalchinese.Big5, "裝置", "公司行動電話"},
		"German":     {charmap.Windows1252, "Gerät", "Größe 6,6 für Müller & Söhne"},
		"French":     {charmap.Windows1252, "Référence", "Société Générale où ça à l’île"},
		"Spanish":    {charmap.Windows1252, "Descripción", "Teléfono nº 5 para España"},
		"Portuguese": {charmap.Windows1252, "Descrição", "Observação não há"},
		"Italian":    {charmap.Windows1252, "Quantità", "Lunedì però è così"},
		"Danish":     {charmap.Windows1252, "Størrelse", "Møller på lager"},
		"Icelandic":  {charmap.Windows1252, "Tæki", "Það er þýðing á íslensku"},
	} {
		t.Run(name, func(t *testing.T) {
			text := c.title + ";IMEI\n" + strings.Repeat(c.cell+";351921580053066\n", 12)
			content, err := c.page.NewEncoder().Bytes([]byte(text))
			require.NoError(t, err)
			f, err := openBytes(t, content)
			require.NoError(t, err)
			lines := readAll(t, f, 0)
			require.Equal(t, []string{c.title, "IMEI"}, lines[0].cells)
			require.Equal(t, []string{c.cell, "351921580053066"}, lines[12].cells)
		})
	}
}

// A list of one device has too few letters for a guesser; the words above its columns tell.
func TestShortListsAreReadable(t *testing.T) {
	for name, c := range map[string]struct {
		page   encoding.Encoding
		titles string
	}{
		"Korean":           {korean.EUCKR, "IMEI;일련번호"},
		"Korean model":     {korean.EUCKR, "모델;IMEI"},
		"Japanese":         {japanese.ShiftJIS, "IMEI;製造番号"},
		"Japanese of Unix": {japanese.EUCJP, "IMEI;シリアル番号"},
		"Chinese":          {simplifiedchinese.GB18030, "IMEI;序列号"},
		"of Taiwan":        {traditionalchinese.Big5, "IMEI;序號"},
		"Chinese of four":  {simplifiedchinese.GB18030, "IMEI;Ημερομηνία;Összesen ǵ"},
		"Greek":            {charmap.Windows1253, "Αριθμός IMEI;Σειριακός αριθμός"},
		"Arabic":           {charmap.Windows1256, "رقم IMEI;الرقم التسلسلي;IMEI الثاني"},
		"Hebrew":           {charmap.Windows1255, "מספר IMEI;מספר סידורי"},
		"Thai":             {charmap.Windows874, "หมายเลข IMEI;รุ่น"},
		"Latvian":          {charmap.Windows1257, "IMEI;Sērijas numurs"},
	} {
		t.Run(name, func(t *testing.T) {
			content, err := c.page.NewEncoder().Bytes([]byte(c.titles + "\n351921580053066;R52N30ABCDE\n"))
			require.NoError(t, err)
			f, err := openBytes(t, content)
			require.NoError(t, err)
			require.Equal(t, strings.Split(c.titles, ";"), readAll(t, f, 0)[0].cells)
		})
	}
}
