create table closed (day text primary key, name text not null);
insert into closed values
('2026-12-25','Christmas Day'),
('2026-12-26','Boxing Day'),
('2027-01-01','New Year''s Day'),
('2027-03-26','Good Friday'),
('2027-03-29','Easter Monday'),
('2027-05-03','May holiday'),
('2027-08-30','Summer holiday');
create table person (email text primary key, name text not null, team text not null, entitled integer not null);
insert into person values
('alice@example.com','Alice Adler','Office',28),
('bob@example.com','Bob Bauer','Workshop',25),
('carol@example.com','Carol Cox','Workshop',25),
('dan@example.com','Dan Dijkstra','Sales',26),
('eve@example.com','Eve Eriksen','Sales',26);
create table away (email text not null, first text not null, last text not null, days integer not null, why text not null);
insert into away values
('alice@example.com','2026-12-21','2026-12-24',4,'Holiday'),
('alice@example.com','2026-07-13','2026-07-24',10,'Holiday'),
('bob@example.com','2026-11-23','2026-11-27',5,'Holiday'),
('bob@example.com','2026-06-01','2026-06-05',5,'Holiday'),
('bob@example.com','2026-09-14','2026-09-14',1,'Moving house'),
('carol@example.com','2026-08-03','2026-08-21',15,'Holiday'),
('carol@example.com','2026-12-28','2026-12-31',4,'Holiday'),
('dan@example.com','2026-05-18','2026-05-29',10,'Holiday'),
('eve@example.com','2026-10-05','2026-10-16',10,'Holiday'),
('eve@example.com','2026-12-28','2026-12-30',3,'Holiday');
