import type { Preset } from './preset.ts';

export const ebay: Preset = {
  title: { en: 'the orders report of eBay', zh: ' eBay 订单报告', ru: 'отчёт о заказах eBay' },
  sources: [
    {
      url: 'https://github.com/randomecho/shifted-sales-report/blob/master/README.md',
      read: '2026-11-22',
      tells: 'the headers; none tells an amount to be collected on delivery',
    },
  ],
  postcode: 'Ship To Zip',
  address: ['Ship To Address 1', 'Ship To Address 2', 'Ship To City', 'Ship To State'],
  country: 'Ship To Country',
};
