import type { Preset } from './preset.ts';

export const shopify: Preset = {
  title: { en: 'the orders export of Shopify', zh: ' Shopify 订单导出', ru: 'выгрузка заказов Shopify' },
  sources: [
    {
      url: 'https://github.com/laplace-live/shopify-csv-converter/blob/main/src/types/index.d.ts',
      read: '2026-11-22',
      tells: 'the headers, Shipping Province Name and Outstanding Balance among them',
    },
    {
      url: 'https://docs.xbp.app/docs/development/integrations/shopify/order-format',
      read: '2026-11-22',
      tells: 'an order takes a row a line item; what belongs to the order stands on the first one only',
    },
    {
      url: 'https://help.shopify.com/en/manual/payments/manual-payments',
      read: '2026-11-22',
      tells: 'Cash on Delivery (COD) is a way of payment, and such an order is unpaid until it is marked as paid',
    },
  ],
  postcode: 'Shipping Zip',
  address: ['Shipping Address1', 'Shipping Address2', 'Shipping City', 'Shipping Province Name'],
  country: 'Shipping Country',
  cod: {
    amount: 'Outstanding Balance',
    payment: 'Payment Method',
    currency: 'Currency',
    amountIs: 'unpaid',
  },
  orderKey: 'Name',
};
