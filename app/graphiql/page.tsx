import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { processConfig } from '../../gateway';
import { Explorer } from './explorer';

export const metadata: Metadata = { title: 'GraphiQL · Gatehouse' };

export default function GraphiQLPage() {
  if (!processConfig().graphiql) notFound();
  return <Explorer />;
}
