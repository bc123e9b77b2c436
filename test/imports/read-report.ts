/** The outcomes of a report, in the order of the rows. Throws where a row is missing, or there twice. */
export function readReport(text: string): string[] {
  const [heading, ...lines] = text.split('\r\n').filter((line) => line !== '');
  if (heading !== 'row,line,outcome,contact_id,field,reason') {
    throw new Error(`the report begins with ${heading}`);
  }
  return lines.map((line, index) => {
    const [row, , outcome = ''] = line.split(',');
    if (row !== String(index + 1)) {
      throw new Error(`the report has row ${row} where ${index + 1} is expected`);
    }
    return outcome;
  });
}
