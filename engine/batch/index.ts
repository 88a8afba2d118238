/**
 * Many cases by one person from a table (`batch:` of a process). Which fields stand in the table and what a cell means is
 * worked out here; whether a row is right, the forms themselves say when the row is played.
 *
 * columnsOf(definition, shared, { locale, now }) -> Column[]   what stands in the table, under what all rows share
 * readHead(columns, titles)                      -> Head       where each column stands
 * readRow(head, cells, locale)                   -> ReadRow    the values of a line
 */
export { type Head, type ReadRow, readHead, readRow } from './cells.ts';
export { type Column, columnsOf, isCell } from './columns.ts';
