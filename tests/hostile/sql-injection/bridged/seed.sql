create table orders (id integer primary key, name text, price integer);
insert into orders values (1, 'Ann', 10), (2, 'Bob', 20), (3, 'Cleo', 30);
create table canaries (id integer primary key, secret text);
insert into canaries values (1, 'CANARY-7919');
