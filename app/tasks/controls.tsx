import styles from './tasks.module.css';
import { ORDERS, SHOWN, type View } from './view';

const SHOW_LABELS: Readonly<Record<View['show'], string>> = { all: 'All', open: 'Open', done: 'Done' };
const ORDER_LABELS: Readonly<Record<View['order'], string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  title: 'By title',
};

/** Which tasks to show, and in which order. */
export function Controls({
  view,
  onChange,
}: {
  readonly view: View;
  readonly onChange: (view: View) => void;
}) {
  return (
    <div className={styles.controls}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">Show</legend>
        {SHOWN.map((show) => (
          <label key={show} className={styles.choice}>
            <input
              type="radio"
              name="show"
              value={show}
              checked={view.show === show}
              onChange={() => onChange({ ...view, show })}
            />
            {SHOW_LABELS[show]}
          </label>
        ))}
      </fieldset>
      <div className={styles.order}>
        <label htmlFor="order">Order</label>
        <select
          id="order"
          value={view.order}
          onChange={({ target }) => {
            const order = ORDERS.find((known) => known === target.value);
            if (order !== undefined) onChange({ ...view, order });
          }}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {ORDER_LABELS[order]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
