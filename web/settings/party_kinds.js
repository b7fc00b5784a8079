// What is known of a party, in the order in which it is shown.

export const KINDS = ['names', 'ids', 'accounts', 'keys', 'phones', 'banks', 'addresses'];
