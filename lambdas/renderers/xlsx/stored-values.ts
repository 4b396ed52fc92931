import type { Form } from '../table/types/definition.ts';
import type { DigitCheck } from '../values/number-format/fifteen-digits.ts';
import { END_SERIAL, FIRST_SERIAL, serialDate } from './serial-dates.ts';

const DAY_SECONDS = 86_400;

/** A value in the unit of its cell: days for times and durations, 0 or 1 for truth. */
export function inCellUnits(form: Form, value: number): number {
  switch (form) {
    case 'time':
      return serialDate(value);
    case 'duration':
      return value / DAY_SECONDS;
    case 'number':
    case 'truth':
    case 'text':
    case 'link':
      return value;
  }
}

/** The least number that a cell of a form shows rightly, and the first one beyond: outside, the cell must be text. */
const BOUNDS: Record<Form, readonly [from: number, end: number]> = {
  time: [FIRST_SERIAL, END_SERIAL],
  // A spreadsheet cannot show a time below zero.
  duration: [0, END_SERIAL],
  number: [-Number.MAX_VALUE, Number.POSITIVE_INFINITY],
  truth: [0, 2],
  text: [0, 0],
  link: [0, 0],
};

/** Turns a value of the column's parser into the number that its cell stores; `NaN` where no cell can. */
export type CellNumber = (value: number) => number;

/** @param changes whether Excel would show a number with other digits: it must then be text */
export function cellNumber(form: Form, changes: DigitCheck = () => false): CellNumber {
  const [from, end] = BOUNDS[form];
  return (value) => {
    const stored = inCellUnits(form, value);
    return stored >= from && stored < end && !changes(stored) ? stored : Number.NaN;
  };
}
