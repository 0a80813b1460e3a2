// Package intake makes devices of rows: it recognises what the columns of a list hold, gives every line
// a verdict before anything is written, and takes corrections. It also reads the scans of a bench and the
// directory of accounts. It writes nothing to the register.
package intake

import (
	"strings"

	"consign/model"
)

// Meaning is what a column of a list holds.
type Meaning uint8

// The meanings of columns.
const (
	Ignored    Meaning = iota
	IMEI               // an IMEI or a MEID, the device's first
	IMEI2              // its second IMEI
	MEID               //
	Serial             // a serial number
	Identifier         // any of these: "Device IMEI/serial number"
	Model
	OrderNumber
	OrderDate
	CustomerID // Knox Customer ID or MSP ID
	Tags
	Quantity
	CompanyName
	AccountKind
	Country
	InternalReference
	FailureReason // why a line was refused, as SaveRejected and the portals write it
	// Of the exports of portals.
	Status
	UploadID
	Uploaded // when
	UploadedBy
	TotalDevices
	VerifiedDevices
	OldIMEI   // of an exchange: the device that goes
	OldSerial // likewise
)

// Meanings lists what a person can choose for a column of a device list, in the order of the choice.
var Meanings = []Meaning{Ignored, IMEI, IMEI2, MEID, Serial, Identifier, Model, OrderNumber, OrderDate, CustomerID, Tags, Quantity, OldIMEI,
	OldSerial}

var meaningWords = [...]string{
	"Not used", "IMEI", "IMEI 2", "MEID", "Serial number", "Device IMEI/serial number", "Model", "Order number", "Order date",
	"Customer ID", "Tags", "Quantity", "Company name", "Type", "Country", "Internal reference", "Reason",
	"Status", "Upload ID", "Uploaded", "Uploaded by", "Devices", "Verified devices", "Old IMEI", "Old serial number",
}

// String is the column's name in the field's words.
func (m Meaning) String() string { return meaningWords[m] }

// MarshalText and UnmarshalText let a layout be kept as JSON that survives new meanings.
func (m Meaning) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText makes Ignored of a word that this version does not know.
func (m *Meaning) UnmarshalText(text []byte) error {
	*m = Ignored
	for i, word := range meaningWords {
		if word == string(text) {
			*m = Meaning(i)
		}
	}
	return nil
}

// identifies reports whether the column can name a device.
func (m Meaning) identifies() bool { return m >= IMEI && m <= Identifier }

// wants is what an identifier column may hold.
func (m Meaning) wants() model.IdentifierKind {
	switch m {
	case IMEI, IMEI2:
		return model.IMEI
	case MEID:
		return model.MEID
	case Serial:
		return model.SerialNumber
	}
	return model.AnyIdentifier
}

// keptText is a text that a line keeps beside its identifiers. of is where its device has it; nil: it is no device's.
type keptText struct {
	meaning Meaning
	of      func(*model.NewDevice) *string
}

// keptTexts are all of them, in the order of modelText and so on.
var keptTexts = [...]keptText{
	{Model, func(d *model.NewDevice) *string { return &d.Model }},
	{OrderNumber, func(d *model.NewDevice) *string { return &d.OrderNumber }},
	{OrderDate, nil},
	{CustomerID, nil},
	{Tags, nil},
}

// The places in keptTexts of those that intake itself asks for.
const (
	modelText = iota
	orderText
	dateText
	customerText
	tagsText
)

// textOf is the place in keptTexts of what a column means; kept: a line keeps it.
func textOf(m Meaning) (text int, kept bool) {
	for i := range keptTexts {
		if keptTexts[i].meaning == m {
			return i, true
		}
	}
	return 0, false
}

// titles are the names of columns as offices write them (English, German, French, Spanish, Korean,
// Japanese), folded.
var titles = map[string]Meaning{}

func init() {
	for meaning, names := range map[Meaning]string{
		Serial: `sn|s/n|Ser. no.|serial|serial no|serial nr|serial num|serial number|serial#|device serial|device serial number
			|serialnumber
			|Seriennummer|Seriennr|Serien-Nr.|Geräteseriennummer|Numéro de série|N° de série|No de série|Nº de série|N° série|Série
			|Número de serie|N.º de serie|Núm. de serie|Num serie|Nro de serie|Serie|일련번호|시리얼|시리얼번호|시리얼 넘버|제조번호|기기 일련번호
			|シリアル|シリアル番号|シリアルナンバー|シリアルNo|製造番号|製造No|端末製造番号`,
		Identifier: `Device ID|Device identifier|Identifier|Gerätekennung|Geräte-ID|Identifiant de l'appareil|Identifiant appareil
			|Identificador|ID de dispositivo|기기 식별자|단말기 식별번호|단말 식별번호|端末識別番号|識別番号|端末ID
			|Modem ID|Handset ID|Identificatore|Identificativo dispositivo|Identificador do dispositivo|Toestel-ID|Apparaat-ID
			|Identyfikator urządzenia|Identifikátor zařízení|Cihaz kimliği|设备标识|设备识别码`,
		Model: `Model|Model name|Model no|Model number|Model code|Device|Device model|Device name|Device type|Article|Article no
			|Article number|Item|Item description|Product
			|Product name|Product code|Description|Material|Material number|SKU|Modell|Modellnummer|Modellbezeichnung|Gerät
			|Gerätetyp|Gerätebezeichnung
			|Bezeichnung|Beschreibung|Artikel|Artikelnummer|Artikel-Nr.|Artikelbezeichnung|Produkt|Modèle|Appareil|Produit
			|Désignation|Référence produit
			|Modelo|Artículo|Producto|Descripción|Dispositivo|Equipo|모델|모델명|모델번호|기종|제품|제품명|상품명|단말기|機種|機種名|型番|型名|モデル|モデル名|品番|品名|商品名|端末名|端末
			|Modello|Articolo|Descrizione|Prodotto|Codice articolo|Dispositivo|Descrição|Produto|Artigo|Equipamento|Modelnummer
			|Omschrijving|Toestel|Opis|Nazwa|Produkt|Urządzenie|Model urządzenia|Popis|Název|Zařízení|Výrobek|Ürün|Ürün adı|Cihaz
			|Açıklama|型号|产品|设备|商品|名称|产品名称|设备型号|品名規格|Handset|Phone model|Part no|Part number|P/N|Material no.`,
		OrderNumber: `Order|Order no|Order nr|Order number|Order#|Order ID|Ordernumber|PO|PO no|PO number|PO#|Purchase order
			|Purchase order no|Purchase order number
			|Customer PO|Sales order|Sales order number|Auftrag|Auftragsnummer|Auftragsnr|Auftrags-Nr.|Bestellung|Bestellnummer
			|Bestellnr|Bestell-Nr.
			|Commande|Numéro de commande|N° de commande|N° commande|No commande|Bon de commande|Pedido|Número de pedido
			|N.º de pedido|Nº pedido|Orden
			|Orden de compra|Número de orden|주문|주문번호|발주번호|구매주문번호|오더번호|注文|注文番号|発注番号|注文No|オーダー番号|受注番号
			|Your order|Our order|Order ref|Order reference|Customer order|Customer order no|Kundenauftrag|Ihre Bestellung
			|Votre commande|Ordine|Numero ordine|N. ordine|Ordine di acquisto|Encomenda|Número da encomenda|Nº encomenda
			|Número do pedido|Bestelnummer|Ordernummer|Bestelling|Zamówienie|Numer zamówienia|Nr zamówienia|Objednávka
			|Číslo objednávky|Sipariş|Sipariş no|Sipariş numarası|订单|订单号|订单编号|採購單號|采购订单号`,
		OrderDate: `Order date|Date|PO date|Purchase date|Date of order|Bestelldatum|Auftragsdatum|Datum|Date de commande
			|Date commande|Fecha|Fecha de pedido
			|Fecha de orden|Fecha pedido|주문일|주문일자|주문날짜|발주일|注文日|発注日|日付|受注日
			|Data ordine|Data do pedido|Data da encomenda|Besteldatum|Orderdatum|Data zamówienia|Datum objednávky|Sipariş tarihi
			|订单日期|订购日期|日期`,
		CustomerID: `Customer ID|Knox Customer ID|Knox ID|Customer ID/MSP ID|MSP ID|Reseller ID|Customer Knox ID|CustomerID
			|Kunden-ID|Knox-Kunden-ID|Knox-ID
			|ID client|ID du client|Identifiant client|ID client Knox|ID de cliente|ID cliente|ID de cliente Knox|고객 ID|고객 아이디
			|녹스 고객 ID|Knox 고객 ID
			|顧客ID|お客様ID|Knox顧客ID|カスタマーID
			|ID cliente Knox|Klant-ID|ID klienta|ID zákazníka|Müşteri kimliği|Müşteri ID|客户ID|Knox客户ID|Knox ID cliente`,
		Tags: `Tag|Tags|Label|Labels|Etikett|Etiketten|Schlagwort|Schlagwörter|Stichwörter|Étiquette|Étiquettes|Etiqueta|Etiquetas|태그|タグ
			|Etichetta|Etichette|Label(s)|Etykieta|Etykiety|Štítek|Štítky|Etiket|Etiketler|标签|標籤`,
		Quantity: `Qty|Quantity|Pcs|Pieces|Count|Units|Menge|Anzahl|Stück|Stk|Quantité|Qté|Cantidad|Cant|Unidades|수량|개수|数量|個数|台数
			|Qtà|Q.tà|Quantità|Pezzi|Qtd|Qtde|Quantidade|Aantal|Hoeveelheid|Ilość|Liczba|Szt|Množství|Počet|Ks|Miktar|Adet|数量(台)|件数`,
		CompanyName: `Company name|Company|Name|Customer|Customer name|Organisation|Organization|Account|Account name|Firma
			|Firmenname|Kunde|Kundenname
			|Unternehmen|Société|Nom de l'entreprise|Entreprise|Client|Nom|Raison sociale|Empresa|Nombre de la empresa|Cliente
			|Razón social|Nombre
			|회사|회사명|고객|고객명|업체명|会社|会社名|顧客名|企業名|お客様名`,
		AccountKind: `Type|Kind|Account type|Role|Art|Typ|Kontotyp|Type de compte|Tipo|Tipo de cuenta|유형|구분|종류|種別|種類|区分|タイプ`,
		Country:     `Country|Country code|Country/Region|Land|Ländercode|Pays|Code pays|País|Código de país|국가|국가코드|나라|国|国名|国コード`,
		InternalReference: `Internal reference|Internal customer reference|Reference|Company Name / Internal Reference
			|Interne Referenz|Referenz|Référence|Référence interne|Referencia|Referencia interna|내부 참조|참조|내부참조번호|社内参照|参照|社内管理番号`,
		FailureReason: `Reason|Failure reason|Grund|Fehlergrund|Raison|Motif|Motivo|사유|실패 사유|理由|失敗理由`,
		Ignored: `ICCID|SIM|EAN|UPC|GTIN|EAN-Code|Pos|Pos.|Position|No|No.|Nr.|Nr|Line|Zeile|#|E-mail|Email
			|IMSI|EID|eSIM EID|SIM number|MAC|Series|Serien|Gamme|Seria|Status|State|Zustand|Farbe|Colour|Color|Storage|Speicher
			|Preis|Price|Unit price|Prix unitaire|Remark|Comment|Comments|Bemerkung|Note|Box|Carton|Pallet|Kunde Nr|备注|颜色|状态|価格|색상
			|상태`,
	} {
		for _, name := range strings.Split(names, "|") {
			titles[fold(name)] = meaning
		}
	}
}
