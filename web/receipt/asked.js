// What the service asks a person to look at in a document.

/** The reasons for which a document needs a review; none if it needs none. */
export const asked = (item) => (item.needs_review ? (item.review ?? []) : []);

/** Whether the service looked for the field in vain. */
export const isMissed = ({code}) => code === 'missing' || code === 'unread';
