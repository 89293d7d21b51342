import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { parseEnv } from '../../gateway';
import { Explorer } from './explorer';

export const metadata: Metadata = { title: 'GraphiQL · Gatehouse' };

export default function GraphiQLPage() {
  if (!parseEnv().graphiql) notFound();
  return <Explorer />;
}
