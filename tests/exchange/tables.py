"""Tables of contacts with the headings that programs write; the people are made up."""

from __future__ import annotations


def lines(*rows: str) -> str:
    return "".join(f"{row}\r\n" for row in rows)


GOOGLE = lines(
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,"
    "Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,"
    "Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Label,"
    "Website 1 - Value",
    "Zoë,May,Brontë,,,,Dr.,,,,Brontë SARL,Directrice,Ventes,1980-05-06,"
    '"Met at the fair; ""never again"", she said.\nCall in May.",https://photos.example/z.jpg,'
    "* myContacts ::: Clients ::: Fair 2024,* Work,zoe@bronte.example,Home,zoe@home.example,Mobile,"
    "+33 1 99 00 12 34 ::: +33 6 99 00 12 34,Profile,https://bronte.example",
    ",,,,,,,,,,Wall Works,,,,,,* myContacts,,,,,Work,+44 20 7946 0123,,",
    ",,,,,,,,,,,,,,,,* myContacts,Other,alone@mail.example,,,,,,",
).encode()

GOOGLE_OLD = lines(
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,"
    "Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,"
    "Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
    "Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Type,"
    "Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
    "Organization 1 - Department",
    "Jörg Grün,Jörg,,Grün,,,,,,,,,,,1970-02-03,,,,,,,,,,,Owner of two shops,,,"
    "* myContacts ::: Kunden,* Work,joerg@gruen.example,Mobile,+49 171 7654321,Work,030 1234567,,"
    "Grün & Söhne,,Inhaber,",
).encode("utf-16")

HUBSPOT = lines(
    '"Record ID","First Name","Last Name","Email","Phone Number","Contact owner","Lead Status",'
    '"Marketing contact status","Create Date","Primary Associated Company","Job Title"',
    '"00901","Ada","Gump","ada@gump.example","+1 415-555-2671","owner@us.example","New",'
    '"Marketing contact","2024-01-02 03:04","Gump, Wood & Walls","Head of sales"',
    '"00902","Bo","","bo@gump.example","","owner@us.example","","","2024-01-02 03:05","",""',
).encode("utf-8-sig")

LINKEDIN = (
    b"Notes:\n"
    b'"Not everybody lets their connections see an e-mail address, so some of them are missing. '
    b'Look for ""settings"", or ask, to learn more: https://help.example/email."\n'
    b"\n"
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    b"Ada,Gump,https://www.linkedin.com/in/ada-gump,,Gump & Co,Head of sales,02 Jan 2024\n"
    b'Bo,"Else, MBA",https://www.linkedin.com/in/bo-else,bo@else.example,"Else, Inc.",,'
    b"03 Feb 2024\n"
)

OUTLOOK = lines(
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
    "Business Fax,Business Phone,Business Phone 2,Home Phone,Mobile Phone,Anniversary,Birthday,"
    "Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Notes,Web Page",
    "Dr.,Ada,,Gump,,Gump Works,Sales,Head of sales,5 Main St,+1 415 555 0101,+1 415 555 0100,,,"
    "+1 415 555 2671,0/0/00,0/0/00,Fair;Hot,ada@gump.example,SMTP,Ada Gump (ada@gump.example),"
    ',"Line one\r\nLine two",www.gump.example',
    "Mr.,Bo,,Else,Jr.,,,,,,,,030 1234567,,0/0/00,0/0/00,,bo@else.example,SMTP,,,,",
).encode("cp1252")

OUTLOOK_GERMAN = lines(
    '"Anrede";"Vorname";"Weitere Vornamen";"Nachname";"Suffix";"Firma";"Abteilung";"Position";'
    '"Straße geschäftlich";"Fax geschäftlich";"Telefon geschäftlich";"Telefon geschäftlich 2";'
    '"Telefon privat";"Mobiltelefon";"E-Mail-Adresse";"E-Mail-Typ";"E-Mail 2: Adresse";'
    '"Geburtstag";"Kategorien";"Notizen";"Webseite"',
    '"Herr";"Jürgen";"";"Müller";"";"Müller & Söhne GmbH";"Einkauf";"Geschäftsführer";'
    '"Hauptstraße 5";"+49 (30) 1234568";"+49 (30) 1234567";"+49 (30) 1234569";"";"0171 7654321";'
    '"juergen@mueller.example";"SMTP";"jm@home.example";"0.0.00";"Messe;Wichtig";'
    '"Erste Zeile\r\nZweite Zeile";"http://www.mueller.example"',
).encode("cp1252")

OWN_GERMAN = lines(
    "sep=;",
    "Ansprechpartner;Unternehmen;Funktion;E-Mail;Telefon;Kennengelernt bei;Bemerkung;Stichworte;"
    "Ort",
    "Grün, Jörg;Grün & Söhne;Inhaber;joerg@gruen.example;'+49 30 1234567;Messe Köln;"
    "Will bald anfangen;warm, Messe;Köln",
    'Ada Gump;;;ada@gump.example;="0301234568";;;;',
    "Rita Rund;;;;4,91512E+11;;;;",
    ";;;;;;;;Berlin",
).encode("cp1252")
