import type { ConditionalFormattingRule, Style } from 'exceljs';
import type { ConditionalFormat } from '../../domain/request.ts';
import { cleanField } from '../table/clean-field.ts';
import type { TableColumn } from '../table/columns.ts';
import type { Form } from '../table/types/definition.ts';
import type { Warnings } from '../table/warnings.ts';
import type { CellParser } from '../values/parse.ts';
import { cutText } from './cell-text.ts';
import { inCellUnits } from './stored-values.ts';

type Highlight = Extract<ConditionalFormat, { type: 'highlight' }>;

/** ARGB pairs of ink and ground, the ones that Excel's own "good, bad, neutral" use. */
const HIGHLIGHTS: Record<Highlight['style'], readonly [ink: string, ground: string]> = {
  good: ['FF006100', 'FFC6EFCE'],
  bad: ['FF9C0006', 'FFFFC7CE'],
  neutral: ['FF7F6000', 'FFFFEB9C'],
};

const DEFAULT_SCALE = ['#f8696b', '#ffeb84', '#63be7b'] as const;
const DEFAULT_BAR = '#7fa7d9';

type Rule = Omit<ConditionalFormattingRule, 'priority'>;

/** A format of a column as a rule in exceljs' terms. @param priority 1 is the strongest of its column */
export function conditionalRule(
  format: ConditionalFormat,
  priority: number,
  column: TableColumn,
  warnings: Warnings,
): ConditionalFormattingRule & { style?: Partial<Style> } {
  return { ...ruleOf(format, column, warnings), priority } as ConditionalFormattingRule;
}

function ruleOf(format: ConditionalFormat, column: TableColumn, warnings: Warnings): Rule {
  switch (format.type) {
    case 'colorScale':
      return colorScale(format.colors ?? DEFAULT_SCALE);
    case 'dataBar':
      return {
        type: 'dataBar',
        cfvo: [{ type: 'min' }, { type: 'max' }],
        color: { argb: argb(format.color ?? DEFAULT_BAR) },
        gradient: false,
        border: false,
      } as Rule;
    case 'iconSet':
      return iconSet(format.icons ?? '3TrafficLights');
    case 'highlight':
      return highlight(format, column, warnings);
  }
}

function colorScale(colors: readonly string[]): Rule {
  const stops = colors.length === 2 ? [{ type: 'min' }, { type: 'max' }] : SCALE_OF_THREE;
  return {
    type: 'colorScale',
    cfvo: stops,
    color: colors.map((color) => ({ argb: argb(color) })),
  } as Rule;
}

const SCALE_OF_THREE = [{ type: 'min' }, { type: 'percentile', value: 50 }, { type: 'max' }];

function iconSet(icons: string): Rule {
  const steps = icons.startsWith('5') ? [0, 20, 40, 60, 80] : [0, 33, 67];
  return {
    type: 'iconSet',
    iconSet: icons,
    cfvo: steps.map((value) => ({ type: 'percent', value })),
  } as Rule;
}

function highlight(format: Highlight, column: TableColumn, warnings: Warnings): Rule {
  const parse = column.parser();
  const clean = (value: string | number) =>
    typeof value === 'number' ? value : cleanField(value, warnings, () => `A bound of ${column.where}`);
  const bounds = [format.value, ...(format.operator === 'between' ? [format.value2 ?? format.value] : [])];
  return {
    type: 'cellIs',
    operator: format.operator,
    formulae: bounds.map((value) => operand(clean(value), column.type.form, parse)),
    style: highlightStyle(format.style),
  } as Rule;
}

function highlightStyle(name: Highlight['style']): Partial<Style> {
  const [ink, ground] = HIGHLIGHTS[name];
  return {
    font: { color: { argb: ink } },
    fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: ground } } as Style['fill'],
  };
}

/** Longer text constants are not allowed in a formula. */
const MAX_CONSTANT = 255;

/** A bound as a formula constant: what it is to the column, or a quoted text, so that no request can write a formula. */
function operand(value: string | number, form: Form, parse: CellParser | undefined): string {
  const parsed = parse === undefined ? Number.NaN : parse(value);
  if (!Number.isFinite(parsed)) return textConstant(String(value));
  if (form === 'truth') return parsed === 1 ? 'TRUE' : 'FALSE';
  return String(inCellUnits(form, parsed));
}

function textConstant(text: string): string {
  return `"${cutText(text, MAX_CONSTANT).replaceAll('"', '""')}"`;
}

function argb(hex: string): string {
  return `FF${hex.slice(1).toUpperCase()}`;
}
