import { describe, expect, test } from 'vitest';
import { readHeader } from '../../src/columns/read-header.ts';
import { caseFile } from '../address/case-file.ts';

describe('a header', () => {
  test.each(caseFile('headers'))('$header is taken for $role', ({ header = '', role }) => {
    const reading = readHeader(header);
    expect(reading.whose === 'other' ? '' : (reading.role ?? '')).toBe(role);
  });

  test.each(['Sender zip', 'Адрес отправителя', '发件人邮编', 'Billing city'])('%s is of someone else', (header) => {
    expect(readHeader(header).whose).toBe('other');
  });

  test.each(['Order No', 'Phone number', 'ИНН', '订单号', 'ФИО получателя'])(
    '%s speaks of something else',
    (header) => {
      expect(readHeader(header)).toEqual({ role: undefined, whose: 'unsaid', unrelated: true });
    },
  );

  test.each(['', 'F3', 'Столбец1', 'x'])('%j says nothing', (header) => {
    expect(readHeader(header)).toEqual({ role: undefined, whose: 'unsaid', unrelated: false });
  });
});
