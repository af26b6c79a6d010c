create table canaries (id integer, owner varchar(20), secret varchar(100));
