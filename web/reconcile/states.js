// The states of an item, in the order in which they are shown, with their colours.

export const STATES = ['proposed', 'amount_differs', 'missing_receipt', 'missing_line', 'duplicate', 'unreadable', 'matched', 'ignored', 'other'];

export const TONES = {
    matched: 'good', proposed: 'doubt', amount_differs: 'bad', missing_receipt: 'bad', missing_line: 'bad', duplicate: 'doubt',
    ignored: 'quiet', unreadable: 'doubt', other: 'quiet',
};
