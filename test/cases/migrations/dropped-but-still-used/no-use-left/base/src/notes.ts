export const note = 'Thank you';
