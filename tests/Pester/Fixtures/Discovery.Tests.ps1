throw 'at discovery'
