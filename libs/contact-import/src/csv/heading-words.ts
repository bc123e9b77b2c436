/**
 * What columns are called in exports of address books, telephone systems and customer directories, in English, Portuguese,
 * Spanish, French, German and Italian: lower case, without accents, words joined as in `joinedWords`.
 */
export const COLUMN_FIELDS = [
  'external_id',
  'name',
  'first_name',
  'last_name',
  'company',
  'email',
  'phone',
  'locale',
  'time_zone',
  'url',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** Whole headings. */
export const HEADINGS: Readonly<Record<Exclude<ColumnField, 'email' | 'phone'>, ReadonlySet<string>>> = {
  external_id: wordsOf(`
    id externalid contactid customerid clientid recordid personid userid uid guid customernumber clientnumber externalkey
    idexterno idcontacto idcontato idcliente idpessoa codigo codigocliente numerocliente ndecliente numerodecliente codigodecliente
    idcontacto identificador identificacion idpersona codigodelcliente idexterne idcontact idclient identifiant numeroclient numerodeclient codeclient
    kundennummer kundennr kontaktid kundenid externeid kundennummerid idesterno idcontatto identificativo codicecliente numerocliente numerodicliente`),
  name: wordsOf(`
    name fullname displayname contactname contact customername customer clientname personname fileas
    nome nomecompleto nomedocontacto nomedocontato nomecontacto nomecontato contacto contato nomecliente nomedocliente cliente
    nombre nombrecompleto nombreyapellidos nombreyapellido nombrecontacto nombredelcontacto nombrecliente nombredelcliente
    nom nomcomplet nometprenom nomprenom prenometnom nomducontact nomcontact nomduclient nomclient nomaffiche
    vollername vollstandigername vollstaendigername kontaktname kontakt anzeigename kundenname kunde ansprechpartner namevorname vornamename
    nomecognome nomeecognome cognomenome cognomeenome nominativo nomecontatto nomedelcontatto contatto nomecliente nomevisualizzato`),
  first_name: wordsOf(`
    firstname givenname forename primeironome nomeproprio nomedebatismo primernombre nombredepila prenom vorname rufname nomedibattesimo nomeproprio`),
  last_name: wordsOf(`
    lastname surname familyname apelido apelidos sobrenome sobrenomes ultimonome nomedefamilia apellido apellidos nomdefamille
    nachname familienname zuname cognome`),
  company: wordsOf(`
    company companyname organization organisation organizationname organisationname businessname account accountname employer
    empresa nomedaempresa nomeempresa organizacao entidade companhia firma nombredelaempresa nombreempresa nombredeempresa organizacion compania razonsocial razaosocial
    entreprise societe nomdelentreprise nomdelasociete nomentreprise raisonsociale organisme unternehmen firmenname gesellschaft unternehmensname
    azienda societa nomeazienda nomedellazienda organizzazione ditta ragionesociale impresa`),
  locale: wordsOf(`
    locale localecode languagetag`),
  time_zone: wordsOf(`
    timezone tz fusohorario zonahoraria husohorario fuseauhoraire zeitzone fusoorario`),
  url: wordsOf(`
    url recordurl contacturl profileurl recordlink`),
};

/** One of these makes a column one of addresses, whatever kind of address the words beside it name. */
export const EMAIL_WORDS = wordsOf(`
  email emails mail mails emailaddress mailaddress correoelectronico correo courriel courrielle mel
  adresseemail adressemail adresseelectronique emailadresse mailadresse epost enderecodeemail
  correioeletronico correioelectronico postaelettronica indirizzoemail`);
export const PHONE_WORDS = wordsOf(`
  phone phones telephone tel mobile cell cellphone cellular mobilephone phonenumber telephonenumber mobilenumber handy handynummer
  telefone telefones telemovel telemoveis celular telf tlf tlm tm telefono telefonos movil
  portable telephones gsm natel telefon telefonnummer rufnummer mobil mobiltelefon mobilnummer festnetz telefonnr
  cellulare telefoni fisso whatsapp`);

/** Words that may stand beside them and only say which. */
export const BESIDE_ADDRESSES = wordsOf(`
  e mail address addresses endereco direccion value number no nr num n numero numeros nummer o the of de da do del della di du des le la les el y und et ed a
  work home business company office private personal main primary other direct line contact customer client daytime evening landline fixed preferred default secondary first second car radio assistant
  trabalho casa empresa escritorio pessoal particular privado principal outro outros fixo rede direto contacto contato cliente eletronico electronico electronica secundario
  trabajo oficina personal particular otro fijo directo correo
  travail domicile bureau professionnel professionnelle personnel personnelle prive principale autre fixe ligne client electronique adresse
  arbeit privat geschaftlich geschaeftlich geschaft buro buero dienstlich haupt andere weitere direkt kunde kontakt zentrale durchwahl
  lavoro ufficio personale privato principale altro diretto cliente contatto elettronica indirizzo
  pro perso std m mob tel telef phone telephone`);

/** A column that says what another column's address is called, or holds no address at all. */
export const NO_ADDRESS = wordsOf(`
  type label kind tag verified optin optout status bounced bounce consent country code prefix extension ext count date time last
  fax telefax pager telex tipo etiqueta estado prefixo prefijo indicatif extensao extension datum art typ prefisso consenso interno`);

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
