import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import {
  Link,
  Redirect,
  Router,
  Routes,
  useAddress,
  useArrival,
  useParams,
  useQuery,
} from '../../../../../ui/app/route/index.ts';

/** Pages for the router's tests: long ones, one that is loaded late, one that leads on, one that tells when it is left. */
function Title({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading, '');
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

const Late = lazy(async () => {
  await new Promise((done) => setTimeout(done, 600));
  return { default: () => <Title>late</Title> };
});

function Home() {
  return (
    <>
      <Title>home</Title>
      <p style={{ height: 3000 }}>long</p>
      <Link to="/items/a%20b?page=2" state={{ act: true }}>
        item
      </Link>
      <Link to="/late">late</Link>
      <Link to="/old">old</Link>
      <Link to="/">home</Link>
      <Link to="/items/c" target="_blank">
        tab
      </Link>
      <Link to="/items/d" onClick={(event) => event.preventDefault()}>
        stopped
      </Link>
    </>
  );
}

function Item() {
  const { id } = useParams();
  const { state } = useAddress();
  const [query, setQuery] = useQuery();
  useEffect(
    () => () => {
      document.body.dataset.left = id;
    },
    [id],
  );
  return (
    <>
      <Title>item {id}</Title>
      <output>{JSON.stringify({ page: query.get('page'), state })}</output>
      <button type="button" onClick={() => setQuery({ page: '3', q: '' })}>
        next
      </button>
      <button type="button" onClick={() => setQuery({}, { replace: true })}>
        none
      </button>
      <p style={{ height: 3000 }}>long</p>
    </>
  );
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <Router>
    <Suspense fallback={<p>loading</p>}>
      <Routes
        pages={[
          ['/', <Home key="home" />],
          ['/items/:id', <Item key="item" />],
          ['/late', <Late key="late" />],
          ['/old', <Redirect key="old" to="/items/new" />],
          ['/*', <Title key="none">none</Title>],
        ]}
      />
    </Suspense>
  </Router>,
);
